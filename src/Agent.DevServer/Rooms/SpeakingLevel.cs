namespace Agent.DevServer.Rooms;

/// <summary>
/// How loud a track is, from the level that each packet carries (RFC 6464). A track is active when enough packets of an interval are above the
/// threshold; levels are LiveKit's: 0 (silent) to 1, with the loudest packets' mean.
/// </summary>
internal sealed class SpeakingLevel
{
    /// <summary>−dBov; quieter packets do not count.</summary>
    private const int ActiveLevel = 35;

    /// <summary>The share of an interval's packets that must count, in per cent.</summary>
    private const int MinPercentile = 40;

    private int _packets;
    private int _loudPackets;
    private double _loudness;
    private double _smoothed;

    public void Observe(byte level)
    {
        _packets++;
        if (level > ActiveLevel)
            return;
        _loudPackets++;
        _loudness += level;
    }

    /// <summary>Ends an interval.</summary>
    /// <returns>The smoothed level from 0 to 1 in eighths; 0 when the track is not active.</returns>
    public float Take()
    {
        var active = _packets > 0 && _loudPackets * 100 >= _packets * MinPercentile;
        var linear = active ? Math.Pow(10, -(_loudness / _loudPackets) / 20) : 0;
        _packets = _loudPackets = 0;
        _loudness = 0;
        _smoothed += (linear - _smoothed) / 2;
        if (_smoothed < 0.005)
            _smoothed = 0;
        return (float)(Math.Ceiling(Math.Min(1, _smoothed) * 8) / 8);
    }
}
