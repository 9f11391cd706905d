using System.Security.Cryptography.X509Certificates;
using Agent.LoopbackVendors.Engines;

namespace Agent.LoopbackVendors;

/// <summary>How the loopback vendors behave.</summary>
public sealed class LoopbackOptions
{
    /// <summary>The port on 127.0.0.1.</summary>
    /// <value>0 to 65,535; default 0: any that is free.</value>
    public int Port { get; set; }

    /// <summary>The only key that is good; null takes any but <c>wrong-key</c>.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Serves over TLS too, on a port of its own, for clients that speak nothing else; see <see cref="LoopbackCertificate"/>.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Who hears, decides and speaks; null is the script with a tone.</summary>
    public EngineSet? Engines { get; set; }
}
