using Agent.Testing;
using Agent.Worker.CommandLine;

namespace Agent.Tests.Worker.CommandLine;

public sealed class ReplayCommandTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("replay-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Replay_AsRecorded_EndsWithZero() => Assert.Equal(0, Replay(Record()));

    [Fact]
    public void Replay_Otherwise_EndsWithOne()
    {
        var file = Record();
        File.WriteAllText(file, File.ReadAllText(file).Replace("the user's turn has ended", "for fun", StringComparison.Ordinal).Replace("the user\\u0027s turn has ended", "for fun", StringComparison.Ordinal));
        Assert.Equal(1, Replay(file));
    }

    [Fact]
    public void Replay_NoRecording_EndsWithTwo()
    {
        var file = Path.Combine(_directory.FullName, "garbage.jsonl");
        File.WriteAllText(file, "garbage\n");
        Assert.Equal(2, Replay(file));
        Assert.Equal(2, Replay(file + ".missing"));
    }

    private static int Replay(string file)
    {
        var commandLine = WorkerCommandLine.Parse(["replay", file]);
        Assert.False(commandLine.Starts);
        return commandLine.Invoke();
    }

    private string Record()
    {
        var play = new Screenplay();
        play.Options.Recording.Directory = _directory.FullName;
        play.User.Says("hello", from: 1, to: 2);
        play.Play(6);
        return Assert.Single(_directory.GetFiles("*.jsonl")).FullName;
    }
}
