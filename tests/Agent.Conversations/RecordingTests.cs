using Agent.Pipeline.Recordings;
using Agent.Pipeline.Rooms;
using Agent.Testing;

namespace Agent.Conversations;

/// <summary>Conversations that are recorded and replayed.</summary>
public sealed class RecordingTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("recordings-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Replay_OfAConversation_TakesTheSameCourse()
    {
        var play = Recorded();
        play.User.Says("tell me a story", from: 1, to: 2);
        play.User.Says("stop that now please", from: 5, to: 6.5);
        play.User.Coughs(from: 8, to: 8.3);
        play.At(10, session => _ = session.Say("By the way."));
        play.At(12, _ => play.Room.Raise(new TextReceived(ScriptedRoom.UserIdentity, "hello")));
        play.Play(20);
        Recording.Load(File()).Replay().ShouldMatch();
    }

    [Fact]
    public void Replay_OfEverythingAtOnce_TakesTheSameCourse()
    {
        var play = Recorded();
        RandomConversation.Fill(play, seed: 5, seconds: 300);
        play.TurnDetector = new ScriptedTurnDetector(play.Time) { Judge = question => question.Text.Length % 2 == 0 ? 0.2 : 0.9 };
        play.Options.Turns.Fillers.Delay = TimeSpan.FromSeconds(0.5);
        play.Options.Turns.Fillers.Phrases = ["One moment.", "Still at it."];
        play.Options.Turns.Endpointing.Dynamic = true;
        play.Options.Turns.Interruption.Backchannels.Add("go on");
        play.Options.Turns.UserTurnLimit.MaxWords = 12;
        play.Options.Turns.MinGap = TimeSpan.FromSeconds(0.3);
        play.Model.FirstToken = TimeSpan.FromSeconds(0.8);
        play.Play(360);
        var recording = Recording.Load(File());
        Assert.False(recording.IsTruncated);
        recording.Replay().ShouldMatch();
        Assert.Equal(recording.Replay().ToText(), recording.Replay().ToText());
    }

    [Fact]
    public void Recording_OfTheSameScreenplay_IsTheSameToTheByte()
    {
        foreach (var name in new[] { "one", "two" })
        {
            var play = Recorded(name);
            RandomConversation.Fill(play, seed: 3, seconds: 60);
            play.Play(90);
        }

        Assert.Equal(System.IO.File.ReadAllBytes(File("one")), System.IO.File.ReadAllBytes(File("two")));
    }

    [Fact]
    public void Recording_HoldsWhatWasSaid_IsReadableByItsOwnerOnly()
    {
        var play = Recorded();
        play.User.Says("hello", from: 1, to: 2);
        play.Play(5);
        Assert.Contains("hello", System.IO.File.ReadAllText(File()), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File()));
    }

    [Fact]
    public void Recording_WithSound_HasBothSidesInStep()
    {
        var play = Recorded();
        play.Options.Recording.Audio = true;
        play.User.Says("hello", from: 1, to: 2);
        play.User.Coughs(from: 6, to: 6.5);
        play.Play(9);
        var user = Loud(System.IO.File.ReadAllBytes(Path.ChangeExtension(File(), ".user.wav")), 16_000);
        var agent = Loud(System.IO.File.ReadAllBytes(Path.ChangeExtension(File(), ".agent.wav")), play.Room.SampleRateHz);
        Assert.Equal([(1.0, 2.0), (6.0, 6.5)], user.Select(span => (Math.Round(span.From, 1), Math.Round(span.To, 1))));
        var voice = Assert.Single(play.Room.Voice());
        var (from, to) = Assert.Single(agent);
        Assert.Equal(voice.From, from, 0.02);
        Assert.Equal(voice.To, to, 0.02);
        Recording.Load(File()).Replay().ShouldMatch();
    }

    [Fact]
    public void Recording_WithoutAsking_HasNoSound()
    {
        var play = Recorded();
        play.User.Says("hello", from: 1, to: 2);
        play.Play(5);
        Assert.Empty(_directory.EnumerateFiles("*.wav", SearchOption.AllDirectories));
    }

    [Fact]
    public void Recording_Off_WritesNothing()
    {
        var play = new Screenplay();
        play.User.Says("hello", from: 1, to: 2);
        play.Play(5);
        Assert.Empty(_directory.EnumerateFileSystemInfos());
    }

    [Fact]
    public void Recording_DirectoryCannotBeMade_TheConversationGoesOn()
    {
        var taken = Path.Combine(_directory.FullName, "taken");
        System.IO.File.WriteAllText(taken, "");
        var play = new Screenplay();
        play.Options.Recording.Directory = taken;
        play.User.Says("hello", from: 1, to: 2);
        play.Play(6);
        Assert.Equal(["user: hello", "agent: All right."], play.History);
    }

    [Fact]
    public void Replay_WithOtherOptions_TellsTheFirstDifferenceAndBehavesOtherwise()
    {
        var play = Recorded();
        play.User.Says("hello", from: 1, to: 2);
        play.Play(6);
        var changed = System.IO.File.ReadAllText(File()).Replace("\"fillers\":{\"delay\":\"00:00:00\"", "\"fillers\":{\"delay\":\"00:00:00.0500000\"", StringComparison.Ordinal)
            .Replace("\"phrases\":[]", "\"phrases\":[\"Hm.\"]", StringComparison.Ordinal);
        System.IO.File.WriteAllText(File(), changed);

        var replay = Recording.Load(File()).Replay();
        var error = Assert.Throws<ReplayDiffersException>(replay.ShouldMatch);
        Assert.Contains("now it is 'timer Filler", error.Message, StringComparison.Ordinal);
        Assert.Contains("interject filler-1", replay.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_OfARecordingThatWasCutOff_ReplaysWhatIsThereAndSaysSo()
    {
        var play = Recorded();
        play.User.Says("hello", from: 1, to: 2);
        play.Play(6);
        var text = System.IO.File.ReadAllText(File());
        System.IO.File.WriteAllText(File(), text[..(text.Length * 2 / 3)]);
        var recording = Recording.Load(File());
        Assert.True(recording.IsTruncated);
        recording.Replay().ShouldMatch();
    }

    [Theory]
    [InlineData("", "line 1: the file is empty")]
    [InlineData("nonsense\n", "line 1: ")]
    [InlineData("[]\n", "line 1: it is no JSON object")]
    [InlineData("{\"line\":\"end\",\"at\":\"00:00:01\",\"reason\":\"Requested\"}\n", "line 1: a recording begins with its header")]
    [InlineData("{\"line\":\"header\",\"version\":99}\n", "line 1: the version is 99; this program reads version 1")]
    [InlineData("HEADER\n{\"line\":\"input\",\"at\":\"00:00:01\",\"input\":{\"event\":\"moon-landing\"},\"effects\":[]}\n", "line 2: ")]
    [InlineData("HEADER\n{\"line\":\"nothing\"}\n", "line 2: ")]
    [InlineData("HEADER\nHEADER\n", "line 2: there is a second header")]
    public void Load_WhatIsNoRecording_SaysWhereAndWhy(string text, string expected)
    {
        var play = Recorded();
        play.Play(1);
        var header = System.IO.File.ReadLines(File()).First();
        System.IO.File.WriteAllText(File(), text.Replace("HEADER", header, StringComparison.Ordinal));
        var error = Assert.Throws<RecordingException>(() => Recording.Load(File()));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Load_UnknownOption_IsRefused()
    {
        var play = Recorded();
        play.Play(1);
        System.IO.File.WriteAllText(File(), System.IO.File.ReadAllText(File()).Replace("\"minGap\"", "\"maxGap\"", StringComparison.Ordinal));
        var error = Assert.Throws<RecordingException>(() => Recording.Load(File()));
        Assert.Contains("maxGap", error.Message, StringComparison.Ordinal);
    }

    private Screenplay Recorded(string name = "")
    {
        var play = new Screenplay();
        play.Options.Recording.Directory = Path.Combine(_directory.FullName, name);
        return play;
    }

    private string File(string name = "") => Assert.Single(Directory.GetFiles(Path.Combine(_directory.FullName, name), "*.jsonl"));

    /// <summary>From when to when there is a sound, in seconds.</summary>
    private static List<(double From, double To)> Loud(byte[] wave, int sampleRateHz)
    {
        Assert.Equal("RIFF"u8, wave.AsSpan(0, 4));
        Assert.Equal(wave.Length - 8, BitConverter.ToInt32(wave, 4));
        Assert.Equal(sampleRateHz, BitConverter.ToInt32(wave, 24));
        Assert.Equal(wave.Length - 44, BitConverter.ToInt32(wave, 40));
        var spans = new List<(double From, double To)>();
        for (var i = 44; i < wave.Length; i += 2)
        {
            if (Math.Abs((int)BitConverter.ToInt16(wave, i)) < 100)
                continue;
            var at = (i - 44) / 2.0 / sampleRateHz;
            if (spans.Count > 0 && at - spans[^1].To < 0.01)
                spans[^1] = (spans[^1].From, at);
            else
                spans.Add((at, at));
        }

        return spans;
    }
}
