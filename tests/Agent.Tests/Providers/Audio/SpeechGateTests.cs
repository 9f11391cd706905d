using Agent.Providers.Audio;

namespace Agent.Tests.Providers.Audio;

public sealed class SpeechGateTests
{
    private const int BlockSamples = 160;

    [Fact]
    public void Push_DigitalSilence_StaysClosed()
    {
        var gate = new SpeechGate();

        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.False(gate.Push(new short[BlockSamples])));
    }

    [Fact]
    public void Push_SoundAfterSilence_OpensWithTheSecondBlock()
    {
        var gate = new SpeechGate();
        for (var i = 0; i < 100; i++)
            gate.Push(new short[BlockSamples]);

        Assert.Equal([false, true, true], Enumerable.Range(0, 3).Select(_ => gate.Push(Noise(-30, i: 1))));
    }

    [Fact]
    public void Push_ASingleClick_DoesNotOpen()
    {
        var gate = new SpeechGate();
        gate.Push(new short[BlockSamples]);

        Assert.Equal([false, false], [gate.Push(Noise(-10, i: 1)), gate.Push(new short[BlockSamples])]);
    }

    [Fact]
    public void Push_SteadyNoise_ClosesOnceItIsKnown()
    {
        var gate = new SpeechGate();

        var open = Enumerable.Range(0, 3_000).Select(i => gate.Push(Noise(-50, i))).ToArray();

        Assert.All(open[2_500..], Assert.False);
    }

    [Fact]
    public void Push_SpeechOverSteadyNoise_Opens()
    {
        var gate = new SpeechGate();
        for (var i = 0; i < 3_000; i++)
            gate.Push(Noise(-50, i));

        Assert.Equal([false, true], [gate.Push(Noise(-35, 1)), gate.Push(Noise(-35, 2))]);
    }

    [Fact]
    public void QuietBlocks_AfterSound_CountsTheSilence()
    {
        var gate = new SpeechGate();
        gate.Push(Noise(-20, 1));
        gate.Push(Noise(-20, 2));
        for (var i = 0; i < 7; i++)
            gate.Push(new short[BlockSamples]);

        Assert.Equal(7, gate.QuietBlocks);
    }

    /// <summary>White noise with a level in dB of full scale.</summary>
    private static short[] Noise(double level, int i)
    {
        var random = new Random(i);
        var amplitude = 32_768 * Math.Pow(10, level / 20) * Math.Sqrt(3);
        return [.. Enumerable.Range(0, BlockSamples).Select(_ => (short)Math.Clamp(amplitude * ((2 * random.NextDouble()) - 1), -32_768, 32_767))];
    }
}
