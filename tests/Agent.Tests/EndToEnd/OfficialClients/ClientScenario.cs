using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agent.Tests.EndToEnd.OfficialClients;

/// <summary>Runs a script of <c>tests/clients</c>, which uses an official client as its users do, and returns what it saw.</summary>
internal static class ClientScenario
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    internal static async Task<JsonElement> RunAsync(string script, LiveKitServerFixture server, JsonObject? settings = null)
    {
        var folder = Folder();
        settings ??= [];
        settings["url"] = server.Url.ToString().TrimEnd('/');
        settings["apiKey"] = server.ApiKey;
        settings["apiSecret"] = server.ApiSecret;
        settings["room"] ??= LiveKitServerFixture.NewRoomName();

        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(script);
        start.ArgumentList.Add(settings.ToJsonString());
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, $"{script} ended with {process.ExitCode}:\n{await output}\n{await errors}\nThe server said:\n{server.Log}");
            var result = (await output).Split('\n').Last(line => line.StartsWith('{') && !line.Contains("\"level\":", StringComparison.Ordinal));
            return JsonSerializer.Deserialize<JsonElement>(result);
        }
        catch (OperationCanceledException e) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{script} did not end within {Limit.TotalMinutes} minutes.", e);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static string Folder()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var clients = Path.Combine(directory.FullName, "tests", "clients");
            if (!Directory.Exists(clients))
                continue;
            Assert.True(Directory.Exists(Path.Combine(clients, "node_modules")), "The official clients are not installed. Type: npm ci --prefix tests/clients");
            return clients;
        }

        throw new DirectoryNotFoundException($"No tests/clients above {AppContext.BaseDirectory}.");
    }
}
