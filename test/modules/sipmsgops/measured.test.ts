import { measuredScripts } from '../measured-scripts.ts';

measuredScripts('sipmsgops', {
  'remove_body_part of a part that add_body_part brought': {
    sent: [
      'MESSAGE sip:bob@example.com:5070 SIP/2.0',
      'Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK1',
      'From: <sip:alice@a.example>;tag=1',
      'To: <sip:bob@b.example>',
      'Call-ID: one',
      'CSeq: 1 MESSAGE',
      'Content-Type: text/plain',
      'Content-Length: 2',
      '',
      'hi',
    ].join('\r\n'),
    reason: 'what the script has added it can take away again; OpenSIPS takes away received parts alone',
  },
  'sip_to_json with a body': {
    lines: [
      '{"first_line":"INVITE sip:bob@example.com SIP/2.0\\r\\n","headers":,"Via":["SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK1"],"From":["<sip:alice@a.example>;tag=1"],"To":["<sip:bob@b.example>"],"Call-ID":["one"],"CSeq":["1 INVITE"],"Contact":["<sip:alice@127.0.0.1:9>"],"Max-Forwards":["70"],"Supported":["100rel, path"],"X-A":["1","3"],"X-b":["two"],"Content-Type":["multipart/mixed;boundary=bb"],"Content-Length":["183"]},"body":"--bb\\r\\nContent-Type: application/sdp\\r\\n\\r\\nv=0\\r\\no=- 1 1 IN IP4 10.0.0.1\\r\\ns=-\\r\\nc=IN IP4 10.0.0.1\\r\\nt=0 0\\r\\nm=audio 1 RTP/AVP 0 8\\r\\n--bb\\r\\nContent-Type: text/plain\\r\\nX-Part: 1\\r\\n\\r\\nwords\\r\\n--bb--\\r\\n"}',
    ],
    reason:
      'the body is there, as the manual says; OpenSIPS has it only where something else looked at it before',
  },
});
