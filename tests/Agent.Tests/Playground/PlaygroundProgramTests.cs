using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Agent.Tests.EndToEnd;
using Agent.Tests.Worker.Hosting;

namespace Agent.Tests.Playground;

[Collection(nameof(RealTime))]
public class PlaygroundProgramTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_HoldsAConversation_WhoseWordsArriveInBothDirections()
    {
        var run = await ProgramRun.ToEndAsync("Agent.Playground", [], "--check", "--json");
        var report = JsonSerializer.Deserialize<JsonElement>(run.Output);
        // How fast is for a quiet machine; what arrives is for every one.
        var problems = report.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()!).Where(problem => !problem.Contains("fell silent", StringComparison.Ordinal)).ToArray();
        Assert.True(problems.Length == 0, $"{run.Output}\n{run.Error}");
        Assert.Equal(report.GetProperty("passed").GetBoolean() ? 0 : 1, run.ExitCode);
        var turns = report.GetProperty("turns").EnumerateArray().ToArray();
        Assert.Equal(6, turns.Length);
        Assert.Contains(turns, turn => turn.TryGetProperty("silenceMilliseconds", out var silence) && silence.GetDouble() > 0);
    }

    [Fact]
    public async Task Serve_LetsThePageIn_AndEndsCleanlyOnInterrupt()
    {
        using var process = ProgramRun.Start("Agent.Playground", [], "--port", "0", "--web-port", "0");
        try
        {
            var page = await ReadAddressAsync(process);
            using var client = new HttpClient { BaseAddress = page };
            using var session = await client.PostAsync(new Uri("/api/session", UriKind.Relative), null, Stop);
            var grant = JsonSerializer.Deserialize<JsonElement>(await session.Content.ReadAsStringAsync(Stop));
            Assert.StartsWith("ws://", grant.GetProperty("url").GetString(), StringComparison.Ordinal);
            Assert.Equal(3, grant.GetProperty("token").GetString()!.Split('.').Length);

            using var foreign = new HttpRequestMessage(HttpMethod.Post, "/api/session");
            foreign.Headers.Add("Origin", "https://elsewhere.example.com");
            using var refused = await client.SendAsync(foreign, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

            using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
                await kill.WaitForExitAsync(Stop);
            await process.WaitForExitAsync(Stop).WaitAsync(TimeSpan.FromMinutes(1), Stop);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task Serve_PortNoNumber_IsNamed()
    {
        var run = await ProgramRun.ToEndAsync("Agent.Playground", [], "--port", "many");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--port is 'many'", run.Error, StringComparison.Ordinal);
    }

    private static async Task<Uri> ReadAddressAsync(Process process)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(word => word.StartsWith("http://", StringComparison.Ordinal)) is { } address)
                return new Uri(address);
        }

        throw new InvalidOperationException($"No address was printed. {await process.StandardError.ReadToEndAsync(Stop)}");
    }
}
