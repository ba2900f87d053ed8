/** As much of a browser as JsSIP asks for to call somebody: one description, no media. */

const description = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 40000 RTP/AVP 0',
  'c=IN IP4 127.0.0.1',
  'a=rtpmap:0 PCMU/8000',
  '',
].join('\r\n');

class PeerConnection extends EventTarget {
  readonly iceGatheringState = 'complete';
  readonly iceConnectionState = 'connected';
  readonly signalingState = 'stable';
  readonly localDescription = { type: 'offer', sdp: description };

  createOffer(): Promise<unknown> {
    return Promise.resolve(this.localDescription);
  }

  setLocalDescription(): Promise<void> {
    return Promise.resolve();
  }

  setRemoteDescription(): Promise<void> {
    return Promise.resolve();
  }

  getSenders(): readonly unknown[] {
    return [];
  }

  close(): void {}
}

class SessionDescription {
  readonly type: string;
  readonly sdp: string;

  constructor({ type, sdp }: { readonly type: string; readonly sdp: string }) {
    this.type = type;
    this.sdp = sdp;
  }
}

/** Puts it where JsSIP looks for it. */
export function installBrowser(): void {
  Object.assign(globalThis, {
    window: globalThis,
    RTCPeerConnection: PeerConnection,
    RTCSessionDescription: SessionDescription,
  });
}
