/** In the order in which tabs take them. */
const names = ['alice', 'bob', 'carol', 'dave'];

/** The name that the URL asks for (`#erin`), else the first that no other tab of this browser has. */
export async function nameOfThisTab() {
  const asked = decodeURIComponent(location.hash.slice(1));
  if (asked !== '') return asked;
  for (const name of names) {
    if (await take(name)) return name;
  }
  return names[0];
}

/** Whom a tab of that name may want to talk to first. */
export function firstTarget(name) {
  return name === names[0] ? names[1] : names[0];
}

/** A lock that nobody waits for, held as long as the page is there. */
function take(name) {
  return new Promise((resolve) => {
    const hold = (lock) => {
      resolve(lock !== null);
      return lock && new Promise(() => undefined);
    };
    navigator.locks.request(`name ${name}`, { ifAvailable: true }, hold);
  });
}
