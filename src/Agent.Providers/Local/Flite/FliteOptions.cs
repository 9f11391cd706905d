using System.ComponentModel.DataAnnotations;

namespace Agent.Providers.Local.Flite;

/// <summary>Settings of the local synthesizer, in the configuration section <c>Providers:Local:Flite</c>.</summary>
public sealed class FliteOptions
{
    /// <summary>How long everything lasts, relative to the voice's own pace.</summary>
    /// <value>0.5 (twice as fast) to 2.0 (half as fast); default 1.0.</value>
    [Range(0.5, 2.0)]
    public double DurationStretch { get; set; } = 1.0;

    /// <summary>Clauses synthesized at the same time, over all sessions; each takes one thread.</summary>
    /// <value>1 to 64; default: the number of processors.</value>
    [Range(1, 64)]
    public int Threads { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>How much sound of one utterance may lie unread before its next clause waits.</summary>
    /// <value>0.1 s to 60 s; default 3 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ReadAhead { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>A directory that holds <c>libflite.so.1</c> and the voices' libraries; null looks where the system does.</summary>
    public string? LibraryDirectory { get; set; }
}
