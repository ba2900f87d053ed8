import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { hashOf, packId, unpackId } from '../../../modules/usrloc/contact-id.ts';
import { ManagementError, managementOf } from '../../../modules/usrloc/management.ts';
import { type RegisteringHost, registeringHost } from './registering-host.ts';

const contact = (uri: string, more = '') => `Contact: <${uri}>${more}`;

describe('contact ids are those of OpenSIPS', () => {
  // The ids that OpenSIPS 3.6.8 wrote into its table for these AoRs.
  for (const [aor, id] of [
    ['alice@example.com', '213146926114144778'],
    ['bob@example.com', '2156309427836161201'],
    ['x@example.com', '783274491441579651'],
    ['carol.long-name-123@example.com', '2731503542744394628'],
    ['d@e@example.com', '2259892219265691066'],
    ['\xe9t\xe9@example.com', '2167990639369659877'],
  ] as const) {
    test(aor, () => {
      const parts = unpackId(id);
      assert.equal(parts?.hash, hashOf(aor) & 0xffff);
      assert.equal(parts && packId(parts), id);
    });
  }
});

describe('contacts in memory', () => {
  let it: RegisteringHost;
  before(async () => {
    it = await registeringHost({
      params: [
        'modparam("usrloc", "max_stored_contacts", 12)',
        'modparam("usrloc", "max_contacts_of_aor", 3)',
        'modparam("usrloc", "nat_bflag", "NAT")',
      ],
      routes: `
event_route[E_UL_AOR_INSERT] { xlog("L_ALERT", "aor+ $param(domain) $param(aor)\\n"); }
event_route[E_UL_AOR_DELETE] { xlog("L_ALERT", "aor- $param(domain) $param(aor)\\n"); }
event_route[E_UL_CONTACT_INSERT] { xlog("L_ALERT", "ct+ $param(aor) $param(uri) $param(qval) $param(user_agent) $param(cseq) $param(socket)\\n"); }
event_route[E_UL_CONTACT_UPDATE] { xlog("L_ALERT", "ct= $param(aor) $param(uri) $param(qval)\\n"); }
event_route[E_UL_CONTACT_DELETE] { xlog("L_ALERT", "ct- $param(aor) $param(uri)\\n"); }
event_route[E_UL_LATENCY_UPDATE] { xlog("L_ALERT", "latency $param(uri) $param(latency)\\n"); }
`,
    });
  });
  after(() => it.host.stop());

  const told = async () => {
    await it.clock.advance(1);
    const lines = it.log.lines.splice(0).filter((line) => line.startsWith('xlog'));
    return lines.map((line) => line.replace(/^xlog : /, '').replace(/:\d+$/, ':PORT'));
  };

  test('events tell of an AoR and its contact that come, change and go', async () => {
    await it.register('eve', contact('sip:eve@192.0.2.1', ';q=0.5'), 'User-Agent: one');
    assert.deepEqual(await told(), [
      'aor+ location eve',
      'ct+ eve sip:eve@192.0.2.1 500 one 1 udp:127.0.0.1:PORT',
    ]);
    await it.register('eve', contact('sip:eve@192.0.2.1', ';q=0.7'));
    assert.deepEqual(await told(), ['ct= eve sip:eve@192.0.2.1 700']);
    await it.register('eve', contact('sip:eve@192.0.2.1', ';expires=0'));
    assert.deepEqual(await told(), ['ct- eve sip:eve@192.0.2.1', 'aor- location eve']);
  });

  test('users, contacts and expires of a table are counted', async () => {
    await it.register(
      'count',
      contact('sip:a@192.0.2.1', ';expires=70'),
      contact('sip:b@192.0.2.2', ';expires=900'),
    );
    const names = ['location-users', 'location-contacts', 'location-expires', 'registered_users'];
    assert.deepEqual(names.map(it.statistic), [1, 2, 0, 1]);
    await it.clock.advance(121_000);
    assert.deepEqual(names.map(it.statistic), [1, 1, 1, 1]);
    await it.clock.advance(900_000);
    assert.deepEqual(names.map(it.statistic), [0, 0, 2, 0]);
    await told();
  });

  test('a contact that is over is not found, also before timer_interval takes it away', async () => {
    await it.register('brief', contact('sip:a@192.0.2.1', ';expires=61'));
    await it.clock.advance(60_000);
    assert.equal(await it.lookup('brief'), 'sip:a@192.0.2.1');
    await it.clock.advance(1_000);
    assert.equal(await it.lookup('brief'), '');
    await it.clock.advance(60_000);
    assert.equal(it.statistic('location-users'), 0);
    await told();
  });

  test('max_contacts_of_aor: the contact beyond is refused, and nothing of the request stays', async () => {
    const four = ['a', 'b', 'c', 'd'].map((user) => contact(`sip:${user}@192.0.2.1`));
    assert.match(await it.register('many', ...four), /^SIP\/2.0 500 [\s\S]*usrloc_contact_insert failed/);
    assert.equal(await it.lookup('many'), '');
  });

  test('max_stored_contacts: a contact beyond is refused, those that are there are refreshed', async () => {
    const users = ['u1', 'u2', 'u3', 'u4'];
    for (const user of users) {
      const three = ['a', 'b', 'c'].map((name) => contact(`sip:${name}@192.0.2.1`));
      assert.match(await it.register(user, ...three), /^SIP\/2.0 200 /);
    }
    assert.match(await it.register('u5', contact('sip:a@192.0.2.1')), /^SIP\/2.0 500 /);
    assert.match(await it.register('u1', contact('sip:a@192.0.2.1')), /^SIP\/2.0 200 /);
    assert.match(await it.register('u1', 'Contact: *', 'Expires: 0'), /^SIP\/2.0 200 /);
    assert.match(await it.register('u5', contact('sip:a@192.0.2.1')), /^SIP\/2.0 200 /);
    for (const user of [...users, 'u5']) await it.register(user, 'Contact: *', 'Expires: 0');
    assert.equal(it.statistic('location-contacts'), 0);
  });

  test('who pings gets the contacts with a flag, in parts that hold each of them once', async () => {
    for (const user of ['p1', 'p2', 'p3']) await it.register(user, contact(`sip:${user}@192.0.2.1`));
    const all = await it.location.contacts();
    assert.deepEqual([...all].map(({ aor }) => aor).sort(), ['p1', 'p2', 'p3']);
    const parts: string[] = [];
    for (let part = 0; part < 5; part++) {
      parts.push(...[...(await it.location.contacts({ part, parts: 5 }))].map(({ aor }) => aor));
    }
    assert.deepEqual(parts.sort(), ['p1', 'p2', 'p3']);
    assert.deepEqual([...(await it.location.contacts({ flags: it.location.natFlag }))], []);
  });

  test('setLatency raises E_UL_LATENCY_UPDATE, and remove takes a contact that does not answer', async () => {
    await told();
    const [first] = await it.location.contacts();
    assert.ok(first);
    it.location.setLatency(first, 1500);
    assert.deepEqual(await told(), [`latency ${first.uri} 1500`]);
    await it.location.remove(first);
    assert.equal(await it.lookup(first.aor), '');
    await told();
  });

  test('callbacks hear of each change, with what was before', async () => {
    const heard: string[] = [];
    it.location.onChange(
      (change, { uri, q }, was) => void heard.push(`${change} ${uri} ${q} ${was?.q ?? ''}`.trim()),
    );
    await it.register('hear', contact('sip:a@192.0.2.1', ';q=0.1;expires=61'));
    await it.register('hear', contact('sip:a@192.0.2.1', ';q=0.2;expires=61'));
    await it.clock.advance(200_000);
    assert.deepEqual(heard, [
      'insert sip:a@192.0.2.1 100',
      'update sip:a@192.0.2.1 200 100',
      'expire sip:a@192.0.2.1 200',
    ]);
  });
});

describe('the management', () => {
  let it: RegisteringHost;
  let call: ReturnType<typeof managementOf>;
  before(async () => {
    it = await registeringHost();
    const { location } = it;
    call = managementOf({
      useDomain: location.useDomain,
      showKeys: true,
      writes: false,
      now: location.now,
      tables: () => location.tables(),
      find: (name) => location.find(name),
      sameUri: (one, other) => location.sameUri(one, other),
      branchNames: () => '',
      flush: () => undefined,
      rewrite: () => undefined,
    });
  });
  after(() => it.host.stop());

  const added = {
    table_name: 'location',
    aor: 'mi@example.com',
    contact: 'sip:mi@192.0.2.9',
    expires: 0,
    q: '0.5',
    flags: 0,
    cflags: 0,
    methods: 7951,
  };

  test('add, show_contact, dump, rm_contact and rm', async () => {
    assert.equal(await call.add?.(added), 'OK');
    assert.equal(await it.lookup('mi'), 'sip:mi@192.0.2.9');
    const shown = await call.show_contact?.(added);
    const [{ ContactID: id, ...first }] = (shown as { Contacts: [Record<string, unknown>] }).Contacts;
    assert.match(String(id), /^\d+$/);
    assert.deepEqual(first, {
      Contact: 'sip:mi@192.0.2.9',
      Expires: 'permanent',
      Q: '0.5',
      Callid: 'dfjrewr12386fd6-343@opensips.mi',
      Cseq: 1,
      'User-agent': 'OpenSIPS MI Server',
      State: 'CS_NEW',
      Flags: 0,
      Cflags: '',
      Methods: 7951,
    });
    assert.deepEqual(await call.dump?.({ brief: 1 }), {
      Domains: [{ name: 'location', hash_size: 512, AORs: [{ AOR: 'mi' }] }],
    });
    assert.equal(await call.rm_contact?.(added), 'OK');
    assert.equal(await call.add?.(added), 'OK');
    assert.equal(await call.rm?.(added), 'OK');
    assert.deepEqual(await call.dump?.({}), { Domains: [{ name: 'location', hash_size: 512, AORs: [] }] });
  });

  for (const [what, name, params, code] of [
    ['an unknown table', 'rm', { table_name: 'other', aor: 'a' }, 404],
    ['an unknown AoR', 'show_contact', { table_name: 'location', aor: 'nobody' }, 404],
    ['a bad q', 'add', { ...added, q: '7' }, 400],
    ['sync without a database', 'sync', { table_name: 'location' }, 200],
    ['cluster_sync', 'cluster_sync', {}, 400],
  ] as const) {
    test(`${what} is refused with ${code}`, async () => {
      await assert.rejects(
        async () => call[name]?.(params),
        (error) => error instanceof ManagementError && error.code === code,
      );
    });
  }
});

test('ul_add_key, ul_get_key and ul_del_key attach values to an AoR that has contacts', async () => {
  const it = await registeringHost({
    routes: `
route[keys] {
	ul_add_key("location", "key", "colour", "green");
	ul_get_key("location", "key", "colour", $var(colour));
	ul_del_key("location", "key", "colour");
	$var(gone) = ul_get_key("location", "key", "colour", $var(nothing));
	xlog("L_ALERT", "keys $var(colour) $rc\\n");
	if (!ul_add_key("location", "nobody", "a", "b")) xlog("L_ALERT", "keys nobody\\n");
}
timer_route[t, 1] { route(keys); }
`,
  });
  await it.register('key', contact('sip:a@192.0.2.1'));
  await it.clock.advance(1000);
  await it.host.stop();
  const lines = it.log.lines.filter((line) => line.startsWith('xlog')).slice(0, 2);
  assert.match(lines.join('\n'), /keys green[\s\S]*keys nobody/);
});
