namespace Agent.Tests.Pipeline.EndOfTurn;

/// <summary>A tone that rises, in noise: the same samples in every language that has 32-bit arithmetic.</summary>
internal static class ReferenceSound
{
    internal static short[] Make(int samples)
    {
        var sound = new short[samples];
        uint seed = 12345;
        for (var i = 0; i < samples; i++)
        {
            seed = ((seed * 1103515245) + 12345) & 0x7fffffff;
            var noise = (int)(seed >> 16) % 2001 - 1000;
            sound[i] = (short)Math.Truncate((8000 * Math.Sin(2 * Math.PI * (200 + (i * 0.02)) * i / 16000)) + noise);
        }

        return sound;
    }
}
