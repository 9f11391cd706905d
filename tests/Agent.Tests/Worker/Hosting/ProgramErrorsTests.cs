using System.Net;
using System.Net.Sockets;

namespace Agent.Tests.Worker.Hosting;

public class ProgramErrorsTests
{
    private const string Secret = "a-secret-that-must-not-be-seen-anywhere";

    private static readonly string[] s_agent = ["--agent-name", "clerk", "--stt", "local/pocketsphinx", "--llm", "local/dialogue", "--tts", "local/flite:slt"];

    private static Dictionary<string, string> Server(string url = "ws://127.0.0.1:9") =>
        new(StringComparer.Ordinal) { ["LIVEKIT_URL"] = url, ["LIVEKIT_API_KEY"] = "key", ["LIVEKIT_API_SECRET"] = Secret };

    [Fact]
    public Task Start_NothingConfigured_NamesTheVariables() =>
        EndsWithOneLine([], ["start", .. s_agent], "LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET are not set.");

    [Fact]
    public Task Start_BadAddress_SaysWhatWasSeen() =>
        EndsWithOneLine(Server("localhost:7880"), ["start", .. s_agent], "'localhost:7880'");

    [Fact]
    public Task Start_NoAgent_SaysHowToConfigureOne() =>
        EndsWithOneLine(Server(), ["start", "--health-port", "0"], "--agent-name");

    [Fact]
    public Task Start_UnknownProvider_NamesTheNearest() =>
        EndsWithOneLine(Server(), ["start", "--stt", "local/pocketsphynx", "--llm", "local/dialogue", "--tts", "local/flite:slt", "--health-port", "0"], "local/pocketsphinx");

    [Fact]
    public Task Start_NumberOutOfRange_SaysTheLimits() =>
        EndsWithOneLine(Server(), ["start", .. s_agent, "--max-jobs", "0"], "Worker:MaxJobs is 0; it has to be 1 to 10,000.");

    [Fact]
    public Task Start_NoNumber_SaysWhichSetting() =>
        EndsWithOneLine(Server(), ["start", .. s_agent, "--max-jobs", "many"], "'many'", "Worker:MaxJobs");

    [Fact]
    public Task Start_NoLogLevel_SaysWhichThereAre() =>
        EndsWithOneLine(Server(), ["start", .. s_agent, "--log-level", "Verbose"], "'Verbose'", "Information");

    [Fact]
    public Task Start_SessionSettingOutOfRange_SaysTheLimits() =>
        EndsWithOneLine(
            Server(),
            ["start", .. s_agent, "--health-port", "0", "--set", "Agent:Session:Turns:Endpointing:MinDelay=00:05:00"],
            "Agents:clerk:Session:Turns:Endpointing:MinDelay is 00:05:00; it has to be 00:00:00 to 00:00:10.");

    [Fact]
    public Task Start_UnknownWord_SaysWhichThereAre() =>
        EndsWithOneLine(Server(), ["start", .. s_agent, "--health-port", "0", "--set", "Worker:Load=Much"], "Worker:Load is 'Much'; it has to be one of Slots, Cpu, Larger.");

    [Fact]
    public async Task Start_BrokenSettingsFile_NamesTheFile()
    {
        var folder = Directory.CreateTempSubdirectory("settings-");
        try
        {
            var file = Path.Combine(folder.FullName, "appsettings.json");
            await File.WriteAllTextAsync(file, """{ "Agent": { """, TestContext.Current.CancellationToken);
            var environment = Server();
            environment["DOTNET_CONTENTROOT"] = folder.FullName;

            await EndsWithOneLine(environment, ["start", .. s_agent], file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Start_MistypedSetting_IsToldBeforeWhatFailsForTheWantOfIt()
    {
        var environment = Server();
        environment["Providers__Deepgram__ApiKye"] = Secret;

        var run = await ProgramRun.ToEndAsync("Agent.Worker", environment, "start", "--stt", "deepgram/nova-3", "--llm", "local/dialogue", "--tts", "local/flite:slt", "--health-port", "0");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Providers:Deepgram:ApiKye is no setting that this worker knows, and has no effect; did you mean Providers:Deepgram:ApiKey?", run.Output, StringComparison.Ordinal);
        Assert.Contains("DEEPGRAM_API_KEY", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_HealthPortInUse_SaysWhichPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await EndsWithOneLine(Server(), ["start", .. s_agent, "--health-port", $"{port}"], $"Health:Port {port}", "--health-port");
    }

    [Fact]
    public Task Start_MissingModelFile_NamesTheFile() =>
        EndsWithOneLine(Server(), ["start", .. s_agent, "--health-port", "0", "--set", "Native:SileroModel=/nowhere/silero.onnx"], "/nowhere/silero.onnx");

    [Fact]
    public Task Start_MissingNativeLibrary_NamesTheFile() =>
        EndsWithOneLine(Server(), ["start", .. s_agent, "--health-port", "0", "--set", "Native:LiveKitLibrary=/nowhere/livekit.so"], "/nowhere/livekit.so");

    [Fact]
    public Task Start_ServerUnreachable_NamesItsAddress() =>
        EndsWithOneLine(Server(), ["start", .. s_agent, "--health-port", "0", "--set", "Worker:StartTimeout=00:00:02"], "127.0.0.1:9");

    [Fact]
    public Task Start_SecretOnTheCommandLine_IsRefusedWithoutRepeatingIt() =>
        EndsWithOneLine(Server(), ["start", .. s_agent, "--set", $"LiveKit:ApiSecret={Secret}"], "LiveKit:ApiSecret", "environment");

    [Fact]
    public Task UnknownCommand_IsNamed() => EndsWithOneLine(Server(), ["strat"], "'strat'", "--help");

    [Theory]
    [InlineData("--help", "LIVEKIT_API_SECRET")]
    [InlineData("version", "agent-worker 0.1.0")]
    public async Task Help_AndVersion_ArePrintedOnStandardOutput(string argument, string expected)
    {
        var run = await ProgramRun.ToEndAsync("Agent.Worker", [], argument);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    private static async Task EndsWithOneLine(Dictionary<string, string> environment, string[] arguments, params string[] expected)
    {
        var run = await ProgramRun.ToEndAsync("Agent.Worker", environment, arguments);
        Assert.True(run.ExitCode == 2, $"exit code {run.ExitCode}\n{run.Output}\n{run.Error}");
        var line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        foreach (var part in expected)
            Assert.Contains(part, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Output + run.Error, StringComparison.Ordinal);
    }
}
