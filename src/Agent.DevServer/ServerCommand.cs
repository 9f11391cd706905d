using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Runtime.InteropServices;

namespace Agent.DevServer;

/// <summary>The command line: starts a server and keeps it until Ctrl-C or SIGTERM.</summary>
internal static class ServerCommand
{
    public static RootCommand Create()
    {
        var bind = new Option<string>("--bind") { Description = "The address to listen on.", DefaultValueFactory = _ => "127.0.0.1" };
        var port = new Option<int>("--port") { Description = "The TCP port of signalling, workers and the server API; 0 lets the system choose.", DefaultValueFactory = _ => 7880 };
        var mediaPort = new Option<int>("--media-port") { Description = "The UDP port of media and data; 0 lets the system choose.", DefaultValueFactory = _ => 7882 };
        var keys = new Option<string[]>("--keys") { Description = "An API key and its secret, KEY:SECRET; may be given several times. Default devkey:secret, on loopback only.", AllowMultipleArgumentsPerToken = true };
        var webhooks = new Option<Uri[]>("--webhook") { Description = "An address to post events to, signed with the first key; may be given several times.", CustomParser = ParseUris };
        var verbose = new Option<bool>("--verbose") { Description = "Logs each request." };
        var command = new RootCommand("A LiveKit-compatible server for one machine: development and tests. In production use LiveKit's own.") { bind, port, mediaPort, keys, webhooks, verbose };
        command.SetAction(async (result, cancellationToken) =>
        {
            try
            {
                var options = ReadOptions(result.GetValue(bind)!, result.GetValue(port), result.GetValue(mediaPort), result.GetValue(keys) ?? []);
                foreach (var url in result.GetValue(webhooks) ?? [])
                    options.WebhookUrls.Add(url);
                await RunAsync(options, result.GetValue(verbose), cancellationToken);
                return 0;
            }
            catch (EmbeddedServerException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 1;
            }
        });
        return command;
    }

    internal static EmbeddedServerOptions ReadOptions(string bind, int port, int mediaPort, IEnumerable<string> keys)
    {
        var address = string.Equals(bind, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
            : IPAddress.TryParse(bind, out var parsed) ? parsed
            : throw new EmbeddedServerException($"--bind takes an IP address such as 127.0.0.1, not '{bind}'.");
        var options = new EmbeddedServerOptions { BindAddress = address, Port = port, MediaPort = mediaPort };
        foreach (var pair in keys)
        {
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || colon == pair.Length - 1)
                throw new EmbeddedServerException("--keys takes KEY:SECRET, for instance --keys mykey:a-long-secret.");
            options.Keys[pair[..colon].Trim()] = pair[(colon + 1)..].Trim();
        }

        return options;
    }

    private static Uri[] ParseUris(ArgumentResult result)
    {
        var urls = new List<Uri>();
        foreach (var token in result.Tokens)
        {
            if (Uri.TryCreate(token.Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
                urls.Add(url);
            else
                result.AddError($"--webhook takes an address such as http://127.0.0.1:8080/events, not '{token.Value}'.");
        }

        return [.. urls];
    }

    private static async Task RunAsync(EmbeddedServerOptions options, bool verbose, CancellationToken cancellationToken)
    {
        using var logs = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(verbose ? LogLevel.Trace : LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss.fff ";
            }));
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            ended.TrySetResult();
        });
        await using var cancelled = cancellationToken.Register(() => ended.TrySetResult());
        await using var server = await EmbeddedServer.StartAsync(options, logs, cancellationToken: cancellationToken);
        await ended.Task;
    }
}
