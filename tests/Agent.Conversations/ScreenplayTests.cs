using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>The harness itself: what it tells, and that its expectations can fail.</summary>
public sealed class ScreenplayTests
{
    private readonly Screenplay _play = new();

    [Fact]
    public void Transcript_Conversation_ReadsInOrder()
    {
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(5);
        var lines = _play.Transcript().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        Assert.Equal(lines.Select(line => double.Parse(line[0], System.Globalization.CultureInfo.InvariantCulture)).Order(), lines.Select(line => double.Parse(line[0], System.Globalization.CultureInfo.InvariantCulture)));
        var told = lines.ConvertAll(line => $"{line[1]} {line[2]}");
        Assert.True(told.IndexOf("user what time is it") < told.IndexOf("understood what time is it"));
        Assert.True(told.IndexOf("understood what time is it") < told.IndexOf("decided Spoke: the user's turn has ended"));
        Assert.True(told.IndexOf("agent is Speaking") < told.IndexOf("history agent: All right."));
        Assert.Equal("session closed: Requested", told[^1]);
    }

    [Fact]
    public void Transcript_SeveralPeople_NamesThem()
    {
        _play.User.Says("hello", from: 1, to: 2);
        _play.Room.Script("bob").Says("and me", from: 3, to: 4);
        _play.At(2.5, session => session.ListenTo("bob"));
        _play.At(0, _ => _play.Room.Join("bob"));
        _play.Play(6);
        Assert.Contains("bob         and me", _play.Transcript(), StringComparison.Ordinal);
        Assert.Contains("room        listens to bob", _play.Transcript(), StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<Screenplay>> Wrong => new()
    {
        { "the history", play => play.ShouldHaveHistory("user: something else") },
        { "\"nine\"", play => play.ShouldSay("nine") },
        { "not to say", play => play.ShouldNotSay("ALL RIGHT") },
        { "it is Listening", play => play.ShouldBe(AgentState.Thinking, at: 1.5) },
        { "to be silent", play => play.ShouldBeSilent(from: 2, to: 4) },
        { "to speak between 0 and 1 s", play => play.ShouldSpeak(from: 0, to: 1) },
        { "within 0.1 s", play => play.ShouldAnswerWithin(0.1) },
        { "called 0 times", play => play.ShouldCall("hang_up") },
        { "the decision Cut", play => play.ShouldDecide(DecisionKind.Cut) },
        { "no decision Spoke", play => play.ShouldNotDecide(DecisionKind.Spoke, "the user's turn has ended") },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Expectation_NotMet_SaysWhatAndShowsTheConversation(string what, Action<Screenplay> expect)
    {
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(5);
        var error = Assert.Throws<ScreenplayException>(() => expect(_play));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains("understood  what time is it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Expectation_NothingMayFailAndSomethingDoes_SaysIt()
    {
        _play.Recogniser.OpenErrors.Enqueue(new InvalidOperationException("no line"));
        _play.Play(2);
        Assert.Contains("no line", Assert.Throws<ScreenplayException>(() => _play.ShouldNotFail()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tool_LeavesTheVirtualWorld_IsNoticed()
    {
        _play.Tools.Add(AIFunctionFactory.Create(GoAway, "look_up"));
        _play.Model.When("look", "look_up", arguments: null, "Found.");
        _play.User.Says("look it up", from: 1, to: 2);
        var error = Assert.Throws<InvalidOperationException>(() => _play.Play(6));
        Assert.Contains("Time", error.Message, StringComparison.Ordinal);

        // What a continuation does that comes back from a real thread.
        static string GoAway()
        {
            var world = SynchronizationContext.Current!;
            var thread = new Thread(() => world.Post(_ => { }, null));
            thread.Start();
            thread.Join();
            return "done";
        }
    }

    [Fact]
    public void Recogniser_Mishears_IsUnderstoodSo()
    {
        _play.Recogniser.Mishears("a cup of tea", "a cup of T");
        _play.User.Says("a cup of tea", from: 1, to: 2);
        _play.Play(5).ShouldHaveHistory("user: a cup of T", "agent: All right.");
    }

    [Fact]
    public void Synthesizer_SlowerThanTheVoice_RunsDryAndGoesOn()
    {
        _play.Synthesizer.EachWordTakes = TimeSpan.FromSeconds(0.6);
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(8).ShouldHaveHistory("user: what time is it", "agent: All right.");
        Assert.Equal(2, _play.Room.Voice().Count);
    }
}
