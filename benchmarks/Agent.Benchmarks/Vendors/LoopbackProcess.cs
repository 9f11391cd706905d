using System.Diagnostics;
using Agent.LoopbackVendors.CommandLine;
using Agent.Providers;
using Agent.Tests.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Agent.Benchmarks.Vendors;

/// <summary>The loopback vendors in a process of their own, so that their work is not counted as ours.</summary>
internal sealed class LoopbackProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Dictionary<string, string?> _variables;

    private LoopbackProcess(Process process, Dictionary<string, string?> variables)
    {
        _process = process;
        _variables = variables;
    }

    /// <summary>Starts them with engines that answer at once.</summary>
    public static async Task<LoopbackProcess> StartAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Agent.LoopbackVendors.dll"), "--port", "0", "--engines", "scripted"])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        var expected = EnvironmentLines.Variables(new Uri("http://127.0.0.1")).Count;
        while (variables.Count < expected)
        {
            var line = await process.StandardOutput.ReadLineAsync(cancellationToken)
                ?? throw new InvalidOperationException("The loopback vendors ended before they told where they are.");
            if (line.Split(["export ", "="], 3, StringSplitOptions.None) is [_, var name, var value])
                variables[name] = value;
        }

        return new LoopbackProcess(process, variables);
    }

    /// <summary>The catalog of a worker that has nothing but their environment, and the settings of the clients to be used.</summary>
    public ServiceProvider Services(params IReadOnlyList<VendorProvider> providers) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(_variables.Concat(providers.SelectMany(provider => provider.Settings))).Build())
        .AddLogging()
        .AddProviders()
        .BuildServiceProvider();

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
