using System.ComponentModel.DataAnnotations;

namespace Agent.Worker.Configuration;

/// <summary>Where the worker answers <c>/healthz/live</c> and <c>/healthz/ready</c>. Section <c>Health</c>.</summary>
public sealed class HealthOptions
{
    /// <summary>The configuration section: <c>Health</c>.</summary>
    public const string Section = "Health";

    /// <summary>Whether the worker answers health questions at all.</summary>
    /// <value>Default true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The address to listen on; <c>0.0.0.0</c> or <c>::</c> in a container, where the prober comes from outside.</summary>
    /// <value>An IP address; default <c>127.0.0.1</c>.</value>
    [Required(AllowEmptyStrings = false, ErrorMessage = "an IP address, for example 127.0.0.1 or 0.0.0.0")]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The TCP port to listen on.</summary>
    /// <value>0 to 65,535; default 8081; 0 lets the system choose one.</value>
    [Range(0, 65_535)]
    public int Port { get; set; } = 8081;
}
