namespace Agent.Providers.Audio;

/// <summary>
/// Tells in blocks of 10 ms where the sound stands out from the background, so that silence is not decoded or sent anywhere. It opens early rather
/// than late: what it lets through by mistake costs time only, while a lost word costs the turn.
/// </summary>
internal sealed class SpeechGate
{
    /// <summary>Below this nothing counts as sound, in dB of full scale.</summary>
    private const double QuietestSound = -60;

    /// <summary>How far sound stands out from the background, in dB.</summary>
    private const double AboveFloor = 8;

    private const double LowestFloor = -75;
    private const double HighestFloor = -30;

    /// <summary>How fast the background is believed to become louder, in dB per block: 2 dB per second, less than any speech.</summary>
    private const double FloorRise = 0.02;

    /// <summary>Loud blocks in a row that open the gate.</summary>
    private const int BlocksToOpen = 2;

    private double _floor = LowestFloor;
    private int _loudBlocks;

    /// <summary>Blocks since the last one with sound; zero while there is sound.</summary>
    public int QuietBlocks { get; private set; } = int.MaxValue;

    /// <summary>Takes the next block: 10 ms at any rate.</summary>
    /// <returns>Whether speech may be going on.</returns>
    public bool Push(ReadOnlySpan<short> block)
    {
        var level = Level(block);
        _floor = Math.Clamp(level < _floor ? level + (0.7 * (_floor - level)) : _floor + FloorRise, LowestFloor, HighestFloor);
        var loud = level > QuietestSound && level > _floor + AboveFloor;
        _loudBlocks = loud ? _loudBlocks + 1 : 0;
        if (_loudBlocks >= BlocksToOpen)
            QuietBlocks = 0;
        else if (QuietBlocks < int.MaxValue)
            QuietBlocks++;
        return QuietBlocks == 0;
    }

    private static double Level(ReadOnlySpan<short> block)
    {
        long sum = 0;
        foreach (var sample in block)
            sum += sample * sample;
        return sum == 0 ? LowestFloor : 10 * Math.Log10((double)sum / block.Length / (32768.0 * 32768.0));
    }
}
