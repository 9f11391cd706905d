using Agent.Worker.CommandLine;

namespace Agent.Tests.Worker.CommandLine;

public class WorkerCommandLineTests
{
    [Fact]
    public void Parse_NoArguments_Starts()
    {
        var commandLine = WorkerCommandLine.Parse([]);
        Assert.True(commandLine.Starts);
        Assert.Empty(commandLine.Settings);
    }

    [Fact]
    public void Parse_StartWithOptions_GivesConfigurationKeys()
    {
        var commandLine = WorkerCommandLine.Parse(
        [
            "start", "--agent-name", "assistant", "--stt", "local/pocketsphinx", "--llm", "local/dialogue", "--tts", "local/flite:slt",
            "--instructions", "Be brief.", "--max-jobs", "7", "--set", "Worker:ParticipantWait=00:01:00", "--set", "A:B=c=d",
        ]);
        Assert.True(commandLine.Starts);
        Assert.Equal("assistant", commandLine.Settings["Agent:Name"]);
        Assert.Equal("local/pocketsphinx", commandLine.Settings["Agent:SpeechToText"]);
        Assert.Equal("local/dialogue", commandLine.Settings["Agent:LanguageModel"]);
        Assert.Equal("local/flite:slt", commandLine.Settings["Agent:TextToSpeech"]);
        Assert.Equal("Be brief.", commandLine.Settings["Agent:Instructions"]);
        Assert.Equal("7", commandLine.Settings["Worker:MaxJobs"]);
        Assert.Equal("00:01:00", commandLine.Settings["Worker:ParticipantWait"]);
        Assert.Equal("c=d", commandLine.Settings["A:B"]);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("--help")]
    [InlineData("start", "--help")]
    [InlineData("strat")]
    [InlineData("start", "--agent-nmae", "x")]
    [InlineData("start", "--set", "NoValue")]
    [InlineData("start", "--set", "LiveKit:ApiKey=x")]
    [InlineData("start", "--set", "LiveKit:ApiSecret=x")]
    [InlineData("start", "--set", "OPENAI_API_KEY=x")]
    public void Parse_AnythingElse_DoesNotStart(params string[] args) => Assert.False(WorkerCommandLine.Parse(args).Starts);
}
