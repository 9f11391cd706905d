namespace Agent.Providers.Deepgram.Wire;

/// <summary>What is told to the vendor without arguments, as whole text messages.</summary>
internal static class ClientMessages
{
    /// <summary>Nova: make final what was heard so far. developers.deepgram.com/docs/finalize (2025-07-03).</summary>
    public static ReadOnlyMemory<byte> Finalize { get; } = """{"type":"Finalize"}"""u8.ToArray();

    /// <summary>Nova: stay open although no audio comes; every 3 to 5 s. developers.deepgram.com/docs/audio-keep-alive (2025-07-03).</summary>
    public static ReadOnlyMemory<byte> KeepAlive { get; } = """{"type":"KeepAlive"}"""u8.ToArray();

    /// <summary>Nova and Flux: answer what was heard, then close. developers.deepgram.com/docs/close-stream and /docs/flux/close-stream (2025-07-03).</summary>
    public static ReadOnlyMemory<byte> CloseStream { get; } = """{"type":"CloseStream"}"""u8.ToArray();

    /// <summary>Flux: end the turn that is going on. developers.deepgram.com/docs/flux/force-end-turn; <c>ListenV2ForceEndTurn</c> of @deepgram/sdk 5.13.0.</summary>
    public static ReadOnlyMemory<byte> ForceEndTurn { get; } = """{"type":"ForceEndTurn"}"""u8.ToArray();

    /// <summary>Aura: speak all text given so far; at most 20 times in 60 s. developers.deepgram.com/docs/tts-ws-flush (2025-07-03).</summary>
    public static ReadOnlyMemory<byte> Flush { get; } = """{"type":"Flush"}"""u8.ToArray();

    /// <summary>Aura: forget text and sound not yet sent. developers.deepgram.com/docs/tts-ws-clear (2025-07-03).</summary>
    public static ReadOnlyMemory<byte> Clear { get; } = """{"type":"Clear"}"""u8.ToArray();

    /// <summary>Aura: close the connection. developers.deepgram.com/docs/tts-ws-close (2025-07-03).</summary>
    public static ReadOnlyMemory<byte> Close { get; } = """{"type":"Close"}"""u8.ToArray();
}
