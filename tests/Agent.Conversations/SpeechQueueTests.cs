using System.Runtime.CompilerServices;
using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Turns;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>What the application wants said: in which order, how it ends, and who learns of it.</summary>
public class SpeechQueueTests
{
    private static readonly SpeechOptions s_protected = new() { AllowInterruption = false };

    private readonly Screenplay _play = new();

    [Theory]
    [InlineData(-1)]
    [InlineData(11)]
    public void Priority_OutOfRange_IsRefusedWithTheRange(int priority)
    {
        ArgumentOutOfRangeException? error = null;
        _play.At(1, session => error = Assert.Throws<ArgumentOutOfRangeException>(() => { _ = session.Say("Hello.", new SpeechOptions { Priority = priority }); }));
        _play.Play(3);
        Assert.Contains("0 (low) to 10 (high)", error!.Message, StringComparison.Ordinal);
        Assert.Empty(_play.History);
    }

    [Fact]
    public void Gap_BetweenUtterances_IsKept()
    {
        _play.Options.Turns.MinGap = TimeSpan.FromSeconds(0.7);
        _play.At(1, session =>
        {
            _ = session.Say("First of all.");
            _ = session.Say("And second.");
        });
        _play.Play(8);
        var voice = _play.Room.Voice();
        Assert.Equal(0.7 + 0.1, voice[1].From - voice[0].To, 0.03);
        Assert.Contains(_play.AgentStates, s => s.State == AgentState.Listening && Math.Abs(s.At - voice[0].To) < 0.05);
    }

    [Fact]
    public void Gap_UserSpeaksInIt_HasTheFloorAndTheNextWaits()
    {
        _play.Options.Turns.MinGap = TimeSpan.FromSeconds(2);
        _play.At(1, session =>
        {
            _ = session.Say("First of all.");
            _ = session.Say("And second.");
        });
        _play.User.Says("wait a moment", from: 3, to: 5);
        _play.Play(10);
        Assert.Equal(["agent: First of all.", "user: wait a moment", "agent: And second.", "agent: All right."], _play.History);
        Assert.Equal(SpeechOutcome.Completed, _play.Turns[0].Outcome);
    }

    [Fact]
    public void Gap_AnswerToTheUser_DoesNotWait()
    {
        _play.Options.Turns.MinGap = TimeSpan.FromSeconds(5);
        _play.At(1, session => _ = session.Say("How are you?"));
        _play.User.Says("fine thanks", from: 2.5, to: 3.2);
        _play.Play(8);
        Assert.Equal("agent: All right.", _play.History[^1]);
        Assert.InRange(_play.Room.Voice()[1].From, 3.7, 4.2);
    }

    [Fact]
    public void Interrupt_Unforced_LeavesProtectedSpeechAndWhatWaitsBehindIt()
    {
        _play.At(1, session =>
        {
            _ = session.Say("This has to be said now.", s_protected);
            _ = session.Say("This follows.");
        });
        _play.At(2, session => session.Interrupt());
        _play.Play(8);
        Assert.Equal(["agent: This has to be said now.", "agent: This follows."], _play.History);
    }

    [Fact]
    public void Interrupt_Unforced_StopsAtTheFirstProtectedThatWaits()
    {
        _play.At(1, session =>
        {
            _ = session.Say(Story);
            _ = session.Say("Never heard.");
            _ = session.Say("This has to be said.", s_protected);
            _ = session.Say("This follows.");
        });
        _play.At(3, session => session.Interrupt());
        _play.Play(10);
        Assert.EndsWith(" –", _play.History[0], StringComparison.Ordinal);
        Assert.Equal(["agent: This has to be said.", "agent: This follows."], _play.History.Skip(1));
    }

    [Fact]
    public void Interrupt_Forced_EndsEverything()
    {
        var outcomes = new List<SpeechOutcome>();
        _play.At(1, async session => outcomes.Add(await session.Say(Story, s_protected)));
        _play.At(1.1, async session => outcomes.Add(await session.Say("Never heard.", s_protected)));
        _play.At(3, session => session.Interrupt(force: true));
        _play.Play(6);
        Assert.Equal([SpeechOutcome.Cancelled, SpeechOutcome.Interrupted], outcomes.Order().Reverse());
        Assert.InRange(Assert.Single(_play.Room.Voice()).To, 3, 3.1);
    }

    [Fact]
    public void Handle_Interrupted_EndsItsOwnUtteranceOnly()
    {
        SpeechHandle? first = null;
        SpeechHandle? third = null;
        _play.At(1, session =>
        {
            first = session.Say(Story);
            _ = session.Say("Second.");
            third = session.Say("Third.");
            _ = session.Say("Fourth.");
        });
        _play.At(2, _ => third!.Interrupt());
        _play.At(3, _ => first!.Interrupt());
        _play.Play(8);
        Assert.Equal(["agent: Second.", "agent: Fourth."], _play.History.Skip(1));
        Assert.Equal((SpeechOutcome.Interrupted, true), (first!.Outcome, first.IsInterrupted));
        Assert.Equal((SpeechOutcome.Cancelled, true), (third!.Outcome, third.IsInterrupted));
    }

    [Fact]
    public void Handle_OfProtectedSpeech_IsInterruptedByForceOnly()
    {
        SpeechHandle? handle = null;
        _play.At(1, session => handle = session.Say(Story, s_protected));
        _play.At(2, _ => handle!.Interrupt());
        _play.At(4, _ => handle!.Interrupt(force: true));
        _play.Play(6);
        Assert.InRange(Assert.Single(_play.Room.Voice()).To, 4, 4.1);
        Assert.Equal(SpeechOutcome.Interrupted, handle!.Outcome);
    }

    [Fact]
    public void Handle_Awaited_TellsWhenItIsOverAndHow()
    {
        var over = new List<(double At, SpeechOutcome Outcome)>();
        _play.At(1, async session =>
        {
            var handle = session.Say("Good morning.");
            Assert.Null(handle.Outcome);
            over.Add((0, await handle.WaitForPlayoutAsync()));
            over[0] = (_play.Time.Now.TotalSeconds, over[0].Outcome);
            Assert.False(handle.IsInterrupted);
        });
        _play.Play(4);
        Assert.Equal(SpeechOutcome.Completed, Assert.Single(over).Outcome);
        Assert.Equal(_play.Room.Voice()[0].To, over[0].At, 0.05);
    }

    [Fact]
    public void Handle_WaitingIsCancelled_TheUtteranceGoesOn()
    {
        var gaveUpAt = -1.0;
        _play.At(1, async session =>
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), _play.Time);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.Say(Story).WaitForPlayoutAsync(limit.Token));
            gaveUpAt = _play.Time.Now.TotalSeconds;
        });
        _play.Play(12);
        Assert.Equal(3, gaveUpAt, 0.01);
        Assert.Equal(["agent: " + Story], _play.History);
    }

    [Fact]
    public void Handle_SessionCloses_IsCancelled()
    {
        SpeechHandle? waiting = null;
        _play.At(1, session =>
        {
            _ = session.Say(Story);
            waiting = session.Say("Never heard.");
        });
        _play.Play(3);
        Assert.Equal(SpeechOutcome.Cancelled, waiting!.Outcome);
    }

    [Fact]
    public void Say_WordsThatCome_AreSpokenClauseByClause()
    {
        async IAsyncEnumerable<string> Words([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return "This is the first sentence, ";
            yield return "and it is here. ";
            await Task.Delay(TimeSpan.FromSeconds(5), _play.Time, cancellationToken);
            yield return "This came later.";
        }

        _play.At(1, session => _ = session.Say(Words()));
        _play.Play(12);
        Assert.Equal(["agent: This is the first sentence, and it is here. This came later."], _play.History);
        var voice = _play.Room.Voice();
        Assert.InRange(voice[0].From, 1.1, 1.2);
        Assert.InRange(voice[^1].From, 6.05, 6.2);
    }

    [Fact]
    public void Say_WordsThatCome_AreReadNoFurtherOnceInterrupted()
    {
        var read = 0;
        async IAsyncEnumerable<string> Words([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            while (true)
            {
                read++;
                yield return "This goes on and on. ";
                await Task.Delay(TimeSpan.FromSeconds(1), _play.Time, cancellationToken);
            }
        }

        _play.At(1, session => _ = session.Say(Words()));
        _play.At(4.5, session => session.Interrupt());
        _play.Play(10);
        Assert.Equal(4, read);
        Assert.Equal(SpeechOutcome.Interrupted, Assert.Single(_play.Turns).Outcome);
    }

    [Fact]
    public void Say_WordsThatFail_EndTheUtteranceAndNotTheSession()
    {
        async IAsyncEnumerable<string> Words()
        {
            yield return "This is said. ";
            yield return "And this ";
            await Task.Delay(TimeSpan.FromSeconds(0.1), _play.Time);
            throw new InvalidOperationException("the source is gone");
        }

        foreach (var i in Enumerable.Range(0, 4))
            _play.At(1 + 3 * i, session => _ = session.Say(Words()));
        _play.Play(14);
        Assert.All(_play.Turns, t => Assert.Equal(SpeechOutcome.Failed, t.Outcome));
        Assert.Equal(4, _play.Of<ProviderFailed>().Count(e => e.Stage == SessionStage.Application));
        Assert.Equal("agent: This is said.", _play.History[^1]);
    }

    [Fact]
    public void Say_Recording_IsPlayedAsItIsWithItsWords()
    {
        var samples = new short[16_000 * 2];
        samples.AsSpan().Fill(1_000);
        var prompt = new RecordedSpeech("Welcome to the line.", 16_000, samples);
        _play.At(1, session => _ = session.Say(prompt));
        _play.At(5, session => _ = session.Say(prompt));
        _play.Play(9);
        Assert.Equal(["agent: Welcome to the line.", "agent: Welcome to the line."], _play.History);
        Assert.Equal("Welcome to the line.|Welcome to the line.|", _play.AgentCaptions);
        Assert.Empty(_play.Synthesizer.Pieces);
        var voice = _play.Room.Voice();
        Assert.Equal(2.0, voice[0].To - voice[0].From, 0.02);
        Assert.InRange(voice[0].From, 1, 1.03);
    }

    [Fact]
    public void Say_RecordingInterrupted_HistoryHasTheWordsThatWereHeard()
    {
        var samples = new short[16_000 * 4];
        samples.AsSpan().Fill(1_000);
        var words = "one two three four".Split(' ').Select((word, i) => new WordTiming(word, TimeSpan.FromSeconds(i), TimeSpan.FromSeconds(i + 1))).ToArray();
        _play.At(1, session => _ = session.Say(new RecordedSpeech("one two three four", 16_000, samples) { Words = words }));
        _play.At(3, session => session.Interrupt());
        _play.Play(6);
        Assert.Equal(["agent: one two –"], _play.History);
    }

    [Fact]
    public void Say_SoundWithoutWords_IsHeardAndLeavesNoWords()
    {
        var samples = new short[48_000];
        samples.AsSpan().Fill(1_000);
        _play.At(1, session => _ = session.Say(new RecordedSpeech("", 48_000, samples)));
        _play.Play(4);
        Assert.Equal(1.0, Assert.Single(_play.Room.Voice()) is var (from, to) ? to - from : 0, 0.02);
        Assert.Empty(_play.History);
    }

    [Fact]
    public void GenerateReply_WithUserInput_IsATurnOfTheUserThatTheApplicationPutIn()
    {
        _play.At(1, session => _ = session.GenerateReply(new ReplyOptions { UserInput = "The form is filled in.", Instructions = "Confirm." }));
        _play.Play(5);
        Assert.Equal(["user: The form is filled in.", "agent: All right."], _play.History);
        Assert.Equal(["You are a test.", "The form is filled in.", "Confirm."], Assert.Single(_play.Model.Asked).Select(m => m.Text));
        Assert.Null(Assert.IsType<UserMessage>(_play.Result.History[0]).ParticipantIdentity);
    }

    [Fact]
    public void GenerateReply_WithToolMode_RulesTheFirstStepOnly()
    {
        _play.Tools.Add(AIFunctionFactory.Create(() => "done", "hang_up"));
        _play.Model.Answer = messages => messages[^1].Role == ChatRole.Tool ? [new TextContent("Bye.")] : [new FunctionCallContent("call-1", "hang_up")];
        _play.At(1, session => _ = session.GenerateReply(new ReplyOptions { ToolMode = ChatToolMode.RequireAny }));
        _play.Play(5);
        Assert.Equal([ChatToolMode.RequireAny, null], _play.Model.Options.Select(o => o!.ToolMode));
        Assert.Equal("agent: Bye.", _play.History[^1]);
    }
}
