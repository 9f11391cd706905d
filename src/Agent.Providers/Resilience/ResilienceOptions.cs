using System.ComponentModel.DataAnnotations;

namespace Agent.Providers.Resilience;

/// <summary>How patient a vendor's client is, and what it does about failures.</summary>
public sealed class ResilienceOptions
{
    /// <summary>How long a connection may take, with name look-up, TLS and WebSocket handshake.</summary>
    /// <value>0.05 to 60 s, default 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the first byte of an answer may take, from the request on an open connection.</summary>
    /// <value>0.05 to 300 s, default 1.5 s; language models 8 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:05:00")]
    public TimeSpan FirstByteTimeout { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How long an answer that has begun may pause.</summary>
    /// <value>0.05 to 300 s, default 1.5 s; language models 4 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:05:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// How many times a call that failed before its first byte, and may succeed later, is repeated; with language models and recognisers of whole segments only within
    /// the time-out of the first.
    /// </summary>
    /// <value>0 to 10, default 1.</value>
    [Range(0, 10)]
    public int Retries { get; set; } = 1;

    /// <summary>The mean pause before the first repetition; it doubles with each and varies at random.</summary>
    /// <value>0 to 60 s, default 0.1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(0.1);

    /// <summary>The longest pause that a vendor may ask for (<c>Retry-After</c>) and get; where it asks for more, the call fails at once.</summary>
    /// <value>0 to 60 s, default 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many failures in half a minute, if they are at least half of all calls, put the endpoint aside for all sessions of the process.</summary>
    /// <value>2 to 1,000, default 5.</value>
    [Range(2, 1_000)]
    public int BreakerFailures { get; set; } = 5;

    /// <summary>How long an endpoint is put aside before one call may try it again.</summary>
    /// <value>0.5 to 600 s, default 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan BreakerDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How old a connection that is kept warm may become before it is replaced.</summary>
    /// <value>1 s to 1 h, default 4 min.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MaxConnectionAge { get; set; } = TimeSpan.FromMinutes(4);
}
