using Agent.Providers.OpenAi.Speech.Segments;

namespace Agent.Tests.Providers.OpenAi.Speech;

public sealed class SegmentCutterTests : ISegmentSink
{
    private const int RateHz = 16_000;

    private readonly List<string> _told = [];
    private readonly SegmentCutter _cutter;
    private long _position;
    private long _given;
    private SegmentSpan _span;

    public SegmentCutterTests() => _cutter = new SegmentCutter(RateHz, new SegmentLimits(TimeSpan.FromSeconds(3)) { Grace = TimeSpan.FromSeconds(1) }, this);

    [Fact]
    public void Push_SilenceAlone_GoesNowhere()
    {
        Quiet(5);
        _cutter.Flush();

        Assert.Equal(["flush"], _told);
    }

    [Fact]
    public void Flush_AfterSound_EndsASegmentWithItsLead()
    {
        Quiet(2);
        Voice(1);
        Quiet(0.5);
        _cutter.Flush();

        Assert.Equal(["begin", "end", "flush"], _told);
        Assert.InRange(Seconds(_given), 2.05, 2.15);
        Assert.InRange(Seconds(_span.From), 1.39, 1.45);
        Assert.InRange(Seconds(_span.VoiceFrom), 1.99, 2.05);
        Assert.InRange(Seconds(_span.VoiceTo), 2.97, 3.03);
    }

    [Fact]
    public void SpeechBegins_VoiceTooQuietForTheGate_IsHeardAllTheSame()
    {
        Quiet(1);
        _cutter.SpeechBegins();
        Quiet(1);
        _cutter.Flush();

        Assert.Equal(["begin", "end", "flush"], _told);
        Assert.InRange(Seconds(_given), 1.59, 1.61);
    }

    [Fact]
    public void Push_SoundThatVoiceActivityNeverConfirms_IsDiscarded()
    {
        _cutter.SpeechBegins();
        Voice(0.5);
        _cutter.Flush();
        Quiet(1);
        _told.Clear();
        Voice(0.3);
        Quiet(3);
        _cutter.Flush();

        Assert.Equal(["begin", "discard", "flush"], _told);
    }

    [Fact]
    public void Flush_WhileTheVoiceGoesOn_LosesNothing()
    {
        _cutter.SpeechBegins();
        Voice(1);
        _cutter.Flush();
        Voice(1);
        Quiet(1.5);
        _cutter.Flush();

        Assert.Equal(["begin", "end", "flush", "begin", "end", "flush"], _told);
        Assert.InRange(Seconds(_given), 3.48, 3.5);
    }

    [Fact]
    public void Push_LongSpeech_IsCutWhereItIsQuiet()
    {
        Voice(3.5);
        Quiet(0.3);
        Voice(0.5);
        _cutter.Flush();

        Assert.Equal(["begin", "end", "begin", "end", "flush"], _told);
        Assert.InRange(Seconds(_given), 4.28, 4.31);
    }

    [Fact]
    public void Push_LongSpeechWithoutAPause_IsCutAnyway()
    {
        Voice(9);
        _cutter.Flush();

        Assert.Equal(["begin", "end", "begin", "end", "begin", "end", "flush"], _told);
        Assert.InRange(Seconds(_given), 8.98, 9.0);
    }

    void ISegmentSink.OnBegin(long position) => _told.Add("begin");

    void ISegmentSink.OnSamples(ReadOnlySpan<short> samples) => _given += samples.Length;

    void ISegmentSink.OnEnd(SegmentSpan span)
    {
        _span = span;
        _told.Add("end");
    }

    void ISegmentSink.OnDiscarded() => _told.Add("discard");

    void ISegmentSink.OnFlush() => _told.Add("flush");

    private static double Seconds(long samples) => (double)samples / RateHz;

    private void Quiet(double seconds) => Push(seconds, amplitude: 0);

    private void Voice(double seconds) => Push(seconds, amplitude: 8_000);

    // Loud and soft by turns, as syllables are: the gate takes what never changes for background.
    private void Push(double seconds, int amplitude)
    {
        var samples = new short[(int)(seconds * RateHz)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)((i / 1_600 % 8 == 7 ? 0.02 : 1) * amplitude * Math.Sin(2 * Math.PI * 300 * i / RateHz));

        // In pieces that are no multiple of the gate's blocks.
        for (var at = 0; at < samples.Length; at += 441)
        {
            var piece = samples.AsSpan(at, Math.Min(441, samples.Length - at));
            _cutter.Push(piece, _position);
            _position += piece.Length;
        }
    }
}
