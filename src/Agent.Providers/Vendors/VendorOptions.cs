using System.ComponentModel.DataAnnotations;
using Agent.Providers.Resilience;

namespace Agent.Providers.Vendors;

/// <summary>What the settings of every vendor have in common, in the configuration section <c>Providers:VENDOR</c>.</summary>
public abstract class VendorOptions
{
    /// <summary>The key to the vendor's service. A secret: set it in the environment, never on a command line.</summary>
    /// <value>Default empty: the vendor's usual environment variable.</value>
    public string ApiKey { get; set; } = "";

    /// <summary>Where the vendor's service is; null is the vendor's own public address.</summary>
    /// <value>Default null: the vendor's usual environment variable, else the public address.</value>
    public Uri? BaseUrl { get; set; }

    /// <summary>Time-outs, repetitions, circuit breaker, age of connections.</summary>
    [Required]
    public ResilienceOptions Resilience { get; set; } = new();
}
