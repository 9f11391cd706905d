using System.CommandLine;
using System.Globalization;
using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.Faults;
using Agent.LoopbackVendors.Serving;
using Agent.Pipeline.Errors;

namespace Agent.LoopbackVendors.CommandLine;

/// <summary>The command line: serves until it is stopped.</summary>
internal static class LoopbackCommand
{
    private static readonly string Help =
        $"""
        Servers that speak the vendors' wire protocols on 127.0.0.1, for tests, load tests and trying by hand. Prints the environment that leads to them;
        any key is good but 'wrong-key'.

        Endpoints: {string.Join(", ", Endpoints.All)}.
        A vendor's name alone stands for all of its endpoints.

        While they run, faults and latencies are set over HTTP:
          curl -X POST localhost:9100/_loopback/faults/deepgram/listen -H 'content-type: application/json' -d '{"{"}"kind":"Status","status":429,"retryAfter":"00:00:05"{"}"}'
          curl -X POST 'localhost:9100/_loopback/faults/openai?times=3' -H 'content-type: application/json' -d '{"{"}"kind":"Drop","after":2{"}"}'
          curl -X DELETE localhost:9100/_loopback/faults
          curl -X POST 'localhost:9100/_loopback/latency/openai/chat?first=0.5'
          curl localhost:9100/_loopback/requests
        Kinds: {string.Join(", ", Enum.GetNames<FaultKind>().Skip(1))}; "after" is the number of messages that go well before.
        """;

    public static RootCommand Create()
    {
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1, 0 to 65,535; 0 takes any that is free.", DefaultValueFactory = static _ => 9100 };
        port.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65_535)
                result.AddError("--port is 0 to 65,535.");
        });
        var engines = new Option<string>("--engines")
        {
            Description = "Who hears, decides and speaks: local (pocketsphinx, dialogue, flite) or scripted (fixed words, a tone).",
            DefaultValueFactory = static _ => "local",
        };
        engines.AcceptOnlyFromAmong("local", "scripted");
        var latencies = new Option<string[]>("--latency")
        {
            HelpName = "ENDPOINT=SECONDS",
            Description = "How long the first message of an answer takes, e.g. --latency deepgram/speak=0.2; may be repeated. Endpoints are listed above.",
        };
        latencies.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (TryParse(token.Value, out var endpoint, out _) && !Endpoints.Contains(endpoint))
                    result.AddError(Endpoints.NotOne(endpoint));
                else if (!TryParse(token.Value, out _, out _))
                    result.AddError($"--latency takes ENDPOINT=SECONDS with 0 to 600 seconds, such as deepgram/speak=0.2; it was '{token.Value}'.");
            }
        });
        var root = new RootCommand(Help) { port, engines, latencies };
        root.SetAction((result, token) => RunAsync(result.GetValue(port), result.GetValue(engines)!, result.GetValue(latencies) ?? [], token));
        return root;
    }

    private static async Task<int> RunAsync(int port, string engines, string[] latencies, CancellationToken cancellationToken)
    {
        try
        {
            await using var local = engines == "local" ? LocalEngines.Load() : null;
            await using var host = await LoopbackVendorHost.StartAsync(new LoopbackOptions { Port = port, Engines = local?.Set }, cancellationToken);
            foreach (var latency in latencies)
            {
                if (TryParse(latency, out var endpoint, out var first))
                    host.Latencies.Set(endpoint, first);
            }

            foreach (var line in EnvironmentLines.For(host.Address))
                await Console.Out.WriteLineAsync(line);
            await host.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is ConfigurationException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private static bool TryParse(string text, out string endpoint, out TimeSpan first)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        endpoint = equals > 0 ? text[..equals] : "";
        var ok = double.TryParse(text[(equals + 1)..], CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 600;
        first = ok ? TimeSpan.FromSeconds(seconds) : default;
        return ok && equals > 0;
    }
}
