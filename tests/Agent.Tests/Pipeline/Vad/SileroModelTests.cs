using Agent.Pipeline.Audio;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Vad;
using Agent.Tests.Pipeline.Harness;

namespace Agent.Tests.Pipeline.Vad;

public sealed class SileroModelTests : IDisposable
{
    private readonly SileroModel _model = SileroModel.Load();

    [Fact]
    public async Task Process_RealSpeechBetweenSilence_FindsItsStartAndEnd()
    {
        var speech = await FliteVoice.SayAsync("Could you tell me what the weather will be like tomorrow?");
        short[] audio = [.. new short[16_000], .. speech, .. new short[16_000]];
        var boundaries = Boundaries(audio);

        Assert.Equal(SpeechBoundaryKind.Started, boundaries[0].Kind);
        Assert.Equal(SpeechBoundaryKind.Ended, boundaries[^1].Kind);
        var (voiceStart, voiceEnd) = Loud(audio);
        Assert.InRange(boundaries[0].Position, voiceStart - 1_600, voiceStart + 1_600);
        Assert.InRange(boundaries[^1].Position, voiceEnd - 3_200, voiceEnd + 3_200);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("white noise")]
    [InlineData("hum")]
    [InlineData("clicks")]
    public void Process_NoSpeech_FindsNone(string kind)
    {
        var random = new Random(1);
        var audio = new short[16_000 * 4];
        for (var i = 0; i < audio.Length; i++)
        {
            audio[i] = kind switch
            {
                "white noise" => (short)random.Next(-2_000, 2_000),
                "hum" => (short)(3_000 * Math.Sin(2 * Math.PI * 50 * i / 16_000)),
                "clicks" => i % 8_000 < 20 ? (short)20_000 : (short)0,
                _ => 0,
            };
        }

        Assert.Empty(Boundaries(audio));
    }

    [Fact]
    public async Task Process_TwoStreamsAtOnce_DoNotDisturbEachOther()
    {
        var speech = await FliteVoice.SayAsync("One two three.");
        var alone = Probabilities(_model, speech);
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Probabilities(_model, speech))));
        Assert.All(together, result => Assert.Equal(alone, result));
    }

    [Fact]
    public async Task Reset_AfterSpeech_GivesTheSameAsANewStream()
    {
        var speech = await FliteVoice.SayAsync("Hello there.");
        using var stream = _model.Open();
        for (var i = 0; i + 512 <= speech.Length; i += 512)
            stream.Process(speech.AsSpan(i, 512));
        stream.Reset();
        var again = new List<float>();
        for (var i = 0; i + 512 <= speech.Length; i += 512)
            again.Add(stream.Process(speech.AsSpan(i, 512)));
        Assert.Equal(Probabilities(_model, speech), again);
    }

    [Fact]
    public void Process_SteadyState_AllocatesNothing()
    {
        using var activity = new VoiceActivity(_model, new VoiceActivityOptions());
        using var frame = AudioFrame.Rent(16_000, 160);
        frame.Writable.Clear();
        for (var i = 0; i < 100; i++, frame.Position += 160)
            activity.Accept(frame);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 3_000; i++, frame.Position += 160)
            activity.Accept(frame);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Process_WrongLength_Throws()
    {
        using var stream = _model.Open();
        Assert.Throws<ArgumentException>(() => stream.Process(new short[511]));
    }

    [Fact]
    public void Process_AfterDispose_Throws()
    {
        var stream = _model.Open();
        stream.Dispose();
        stream.Dispose();
        Assert.Throws<ObjectDisposedException>(() => stream.Process(new short[512]));
    }

    [Fact]
    public void Process_ModelDisposedFirst_GoesOn()
    {
        var model = SileroModel.Load();
        using var stream = model.Open();
        model.Dispose();
        Assert.InRange(stream.Process(new short[512]), 0f, 0.5f);
    }

    [Fact]
    public void Load_MissingModel_SaysWhatToDo()
    {
        var e = Assert.Throws<ConfigurationException>(() => SileroModel.Load(modelPath: "/nowhere/silero.onnx"));
        Assert.Contains("/nowhere/silero.onnx", e.Message, StringComparison.Ordinal);
        Assert.Contains("npm ci --prefix native", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingLibrary_SaysWhatToDo()
    {
        var e = Assert.Throws<ConfigurationException>(() => SileroModel.Load(libraryPath: "/nowhere/libonnxruntime.so"));
        Assert.Contains("/nowhere/libonnxruntime.so", e.Message, StringComparison.Ordinal);
        Assert.Contains("npm ci --prefix native", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DamagedModel_SaysWhatToDo()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "this is no model");
            var e = Assert.Throws<ConfigurationException>(() => SileroModel.Load(modelPath: path));
            Assert.Contains(path, e.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Load_LibraryOfAnotherKind_SaysWhatToDo()
    {
        var e = Assert.Throws<ConfigurationException>(() => SileroModel.Load(libraryPath: "/lib/x86_64-linux-gnu/libm.so.6"));
        Assert.Contains("OrtGetApiBase", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _model.Dispose();

    private static List<float> Probabilities(SileroModel model, short[] samples)
    {
        using var stream = model.Open();
        var result = new List<float>();
        for (var i = 0; i + 512 <= samples.Length; i += 512)
            result.Add(stream.Process(samples.AsSpan(i, 512)));
        return result;
    }

    private List<SpeechBoundary> Boundaries(short[] samples)
    {
        using var activity = new VoiceActivity(_model, new VoiceActivityOptions());
        var boundaries = new List<SpeechBoundary>();
        foreach (var frame in FliteVoice.Frames(samples))
        {
            using (frame)
            {
                var boundary = activity.Accept(frame);
                if (boundary.Kind != SpeechBoundaryKind.None)
                    boundaries.Add(boundary);
            }
        }

        return boundaries;
    }

    private static (int Start, int End) Loud(short[] samples) =>
        (Array.FindIndex(samples, s => Math.Abs((int)s) > 500), Array.FindLastIndex(samples, s => Math.Abs((int)s) > 500));
}
