using Agent.Pipeline.Speech;
using Agent.Providers.Connections;
using Agent.Providers.Synthesizers;

namespace Agent.Providers.OpenAi.Speech.Synthesis;

/// <summary>
/// The sound of one piece of text as it comes. The last samples are kept until it is known that they are the last, one for each written piece that ends
/// with them.
/// </summary>
/// <param name="sound">Receives the sound.</param>
/// <param name="ends">How many written pieces end with it.</param>
internal sealed class PieceSound(UnreadSound sound, int ends)
{
    private const int LongestFrameBytes = 64 * 1024;

    private readonly PcmReader _pcm = new(OpenAiTextToSpeech.SampleRateHz);
    private readonly byte[] _kept = new byte[2 * ends];
    private readonly long _position = sound.Samples;
    private int _keptCount;

    /// <summary>Takes the next bytes, cut anywhere.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var most = _kept.Length;
        var surplus = _keptCount + bytes.Length - most;
        if (surplus > 0)
        {
            var fromKept = Math.Min(surplus, _keptCount);
            Give(_kept.AsSpan(0, fromKept), endsPiece: false);
            _kept.AsSpan(fromKept, _keptCount - fromKept).CopyTo(_kept);
            _keptCount -= fromKept;
            surplus -= fromKept;
            for (; surplus > 0; surplus -= Math.Min(surplus, LongestFrameBytes))
            {
                var count = Math.Min(surplus, LongestFrameBytes);
                Give(bytes[..count], endsPiece: false);
                bytes = bytes[count..];
            }
        }

        bytes.CopyTo(_kept.AsSpan(_keptCount));
        _keptCount += bytes.Length;
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        for (var at = 0; at < _keptCount; at += 2)
            Give(_kept.AsSpan(at, Math.Min(2, _keptCount - at)), endsPiece: true);
        _keptCount = 0;
    }

    private void Give(ReadOnlySpan<byte> bytes, bool endsPiece)
    {
        if (bytes.IsEmpty || _pcm.Read(bytes) is not { } frame)
            return;
        frame.Position += _position;
        sound.Write(new SynthesizedAudio(frame, []) { EndsPiece = endsPiece });
    }
}
