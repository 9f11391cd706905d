using System.Diagnostics;

namespace Agent.Tests.OfficialClients;

/// <summary>Runs a script of tests/clients or tests/vendor-clients with Node.js to its end.</summary>
internal static class NodeScript
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>A script that uses LiveKit's own clients.</summary>
    public static Task<string> RunAsync(string script, string input = "", params string[] arguments) => RunInAsync("clients", script, input, [], arguments);

    /// <summary>A script that uses the vendors' own clients.</summary>
    public static Task<string> RunVendorClientAsync(string script, string input = "", params string[] arguments) => RunInAsync("vendor-clients", script, input, [], arguments);

    /// <summary>A script that uses the vendors' own clients and needs variables in its environment.</summary>
    public static Task<string> RunVendorClientAsync(string script, string input, IEnumerable<KeyValuePair<string, string>> environment) =>
        RunInAsync("vendor-clients", script, input, environment, []);

    private static async Task<string> RunInAsync(string clients, string script, string input, IEnumerable<KeyValuePair<string, string>> environment, string[] arguments)
    {
        var folder = Path.Combine(RepositoryRoot(), "tests", clients);
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            throw new InvalidOperationException($"The official clients are not installed. Run: npm ci --prefix tests/{clients}");

        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("node", [script, .. arguments])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        foreach (var (name, value) in environment)
            process.StartInfo.Environment[name] = value;
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{script} did not end within {Limit}.", e);
        }

        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{script} ended with {process.ExitCode}: {await errors}");
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Agent.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No repository above {AppContext.BaseDirectory}.");
    }
}
