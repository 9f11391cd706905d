using System.Reflection;
using System.Runtime.InteropServices;

namespace Agent.Worker.CommandLine;

/// <summary>The version as it is printed and as it is reported to the server.</summary>
internal static class ProductVersion
{
    /// <summary>For example <c>0.1.0</c>.</summary>
    internal static string Number { get; } =
        (typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+')[0];

    internal static string Line => $"agent-worker {Number} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})";
}
