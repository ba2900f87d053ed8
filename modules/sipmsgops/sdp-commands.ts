import type { Command, ModuleHost, PreparedArgument, ScriptRun } from '../../runtime/module-exports.ts';
import type { Codec } from './codecs.ts';
import {
  audioHold,
  type CodecChange,
  type CodecTest,
  changeCodecs,
  deleteStream,
  hasCodec,
  hasStream,
} from './sdp-edits.ts';

type Matches = (text: string) => boolean;
type UseCodecs = (run: ScriptRun, wanted: CodecTest) => boolean;

/** The functions about codecs and streams of SDP. */
export function sdpCommands(host: Pick<ModuleHost, 'pattern'>): Readonly<Record<string, Command>> {
  const matcherOf = (argument: PreparedArgument | undefined): ((run: ScriptRun) => Matches) => {
    const { constant } = argument ?? {};
    if (typeof constant === 'string') {
      const matches = host.pattern(constant);
      return () => matches;
    }
    return (run) => host.pattern(String(argument?.evaluate(run) ?? ''));
  };

  const byPattern = (use: UseCodecs, matching = true): Command => ({
    prepare([expression]) {
      const matcher = matcherOf(expression);
      return (run) => {
        const matches = matcher(run);
        return use(run, ({ name }) => matches(name) === matching);
      };
    },
  });

  const streams = (use: typeof hasStream): Command => ({
    prepare([media, transport]) {
      const mediaOf = matcherOf(media);
      const transportOf = transport?.given ? matcherOf(transport) : undefined;
      return (run) => {
        const isMedia = mediaOf(run);
        const isTransport = transportOf?.(run);
        return use(run, (stream) => isMedia(stream.media) && (isTransport?.(stream.transport) ?? true));
      };
    },
  });

  return {
    codec_exists: byName(hasCodec, false),
    codec_exists_re: byPattern(hasCodec),
    codec_delete: byName(changing('delete'), true),
    codec_delete_re: byPattern(changing('delete')),
    codec_delete_except_re: byPattern(changing('delete'), false),
    codec_move_up: byName(changing('first'), true),
    codec_move_up_re: byPattern(changing('first')),
    codec_move_down: byName(changing('last'), true),
    codec_move_down_re: byPattern(changing('last')),
    stream_exists: streams(hasStream),
    stream_delete: streams(deleteStream),
    is_audio_on_hold: (run) => audioHold(run) ?? false,
  };
}

function changing(change: CodecChange): UseCodecs {
  return (run, wanted) => changeCodecs(run, wanted, change);
}

/** codec_exists does not look at the clock, as in OpenSIPS. */
function byName(use: UseCodecs, clockCounts: boolean): Command {
  return {
    prepare:
      ([name, clock]) =>
      (run) => {
        const wanted = String(name?.evaluate(run) ?? '').toLowerCase();
        const rate =
          clockCounts && clock?.given ? String(clock.evaluate(run) ?? '').toLowerCase() : undefined;
        return use(
          run,
          (codec: Codec) =>
            codec.name.toLowerCase() === wanted && (rate === undefined || codec.clock === rate),
        );
      },
  };
}
