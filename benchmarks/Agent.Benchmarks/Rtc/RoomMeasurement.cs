using System.Diagnostics;
using System.Globalization;
using Agent.DevServer;
using Agent.LiveKit.Rtc;

namespace Agent.Benchmarks.Rtc;

/// <summary>
/// Sound through a server and back: one-way latency, silence after a clear, processor time and allocations. Runs in real time, which
/// BenchmarkDotNet's repeated calls do not fit. Against the server that AGENT_TEST_LIVEKIT_URL, _API_KEY and _API_SECRET name, or an
/// embedded one in this process, whose work is then part of the processor time.
/// </summary>
internal sealed class RoomMeasurement : IMeasurement
{
    private const int Rounds = 30;
    private const int Pairs = 5;
    private static readonly TimeSpan s_load = TimeSpan.FromSeconds(10);

    public string Name => "rtc";

    public string Description => "latency, processor time and allocations of rooms through a server (AGENT_TEST_LIVEKIT_URL or an embedded one)";

    public async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        await using var server = await ServerAsync();
        Print("load the native library", await TimeAsync(() =>
        {
            RtcRuntime.Initialize();
            return Task.CompletedTask;
        }));
        await using (var first = await RoomPair.JoinAsync(server, "warm-up"))
            await first.LatencyAsync(3);
        RoomPair? pair = null;
        Print("join two rooms, publish, subscribe", await TimeAsync(async () => pair = await RoomPair.JoinAsync(server, "latency")));
        await using (pair)
        {
            Print("one way, writer to reader", await pair!.LatencyAsync(Rounds));
            Print("clear to silence at the listener", await pair.SilenceAsync(Rounds / 3));
        }

        await LoadAsync(server);
    }

    private static async Task LoadAsync(BenchmarkServer server)
    {
        var pairs = await Task.WhenAll(Enumerable.Range(0, Pairs).Select(i => RoomPair.JoinAsync(server, $"load-{i}")));
        await Task.WhenAll(pairs.Select(pair => pair.TalkAsync(TimeSpan.FromSeconds(3))));
        using var process = Process.GetCurrentProcess();
        var (cpu, bytes, watch) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(precise: true), Stopwatch.StartNew());
        var frames = (await Task.WhenAll(pairs.Select(pair => pair.TalkAsync(s_load)))).Sum();
        process.Refresh();
        var share = (process.TotalProcessorTime - cpu) / watch.Elapsed;
        Line($"{Pairs * 2} rooms, each sends and receives one track:");
        Line($"  processor: {share * 100 / (Pairs * 2):0.00} % of a core per room{(server.IsEmbedded ? ", the embedded server's work included" : "")}");
        Line($"  allocated: {(double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / frames:0.0} bytes per frame of 10 ms{(server.IsEmbedded ? ", the embedded server's included" : "")}");
        Line($"  memory: {process.WorkingSet64 / 1_000_000} MB");
        foreach (var pair in pairs)
            await pair.DisposeAsync();
    }

    private static async Task<BenchmarkServer> ServerAsync()
    {
        var url = Environment.GetEnvironmentVariable("AGENT_TEST_LIVEKIT_URL");
        if (!string.IsNullOrEmpty(url))
            return new BenchmarkServer(url, Environment.GetEnvironmentVariable("AGENT_TEST_LIVEKIT_API_KEY")!, Environment.GetEnvironmentVariable("AGENT_TEST_LIVEKIT_API_SECRET")!, embedded: null);
        var embedded = await EmbeddedServer.StartAsync(new EmbeddedServerOptions { Port = 0, MediaPort = 0 }, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        return new BenchmarkServer(embedded.Url.ToString(), EmbeddedServerOptions.DevelopmentKey, EmbeddedServerOptions.DevelopmentSecret, embedded);
    }

    private static async Task<List<double>> TimeAsync(Func<Task> run)
    {
        var watch = Stopwatch.StartNew();
        await run();
        return [watch.Elapsed.TotalMilliseconds];
    }

    private static void Print(string what, List<double> milliseconds)
    {
        milliseconds.Sort();
        var text = milliseconds.Count == 1
            ? $"{milliseconds[0]:0.0} ms"
            : $"median {milliseconds[milliseconds.Count / 2]:0.0} ms, 90 % {milliseconds[milliseconds.Count * 9 / 10]:0.0} ms, from {milliseconds[0]:0.0} to {milliseconds[^1]:0.0} ms ({milliseconds.Count} rounds)";
        Line($"{what}: {text}");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
