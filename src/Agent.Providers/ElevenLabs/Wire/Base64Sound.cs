using System.Buffers;

namespace Agent.Providers.ElevenLabs.Wire;

/// <summary>Decoded sound in a buffer from the pool.</summary>
/// <param name="Buffer">The buffer; null when there is no sound.</param>
/// <param name="Length">How many bytes of it are sound.</param>
internal readonly record struct Base64Sound(byte[]? Buffer, int Length)
{
    /// <summary>The sound.</summary>
    public ReadOnlySpan<byte> AsSpan() => Buffer.AsSpan(0, Length);

    /// <summary>Gives the buffer back.</summary>
    public void Return()
    {
        if (Buffer is not null)
            ArrayPool<byte>.Shared.Return(Buffer);
    }
}
