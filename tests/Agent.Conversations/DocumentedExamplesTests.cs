using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Vad;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>The examples of docs/testing-conversations.md, word for word.</summary>
public sealed partial class DocumentedExamplesTests
{
    private const string Terms = "Before we begin let me read to you all of our terms and conditions, which are long, and which nobody has ever listened to until their end.";

    [Fact]
    public void Stop_WhileTheAgentTalks_HangsUpOnce()
    {
        var play = new Screenplay { Greeting = Terms };
        play.Tools.Add(AIFunctionFactory.Create(() => "done", "hang_up"));
        play.Model.When("stop", "hang_up", arguments: null, "Goodbye.");
        play.User.Says("stop", from: 5.0, to: 5.5);
        play.Play(seconds: 12);
        play.ShouldBeSilent(from: 5.2, to: 6.0).ShouldCall("hang_up", times: 1).ShouldSay("Goodbye.");
    }

    [Fact]
    public void Question_AfterACough_IsAnsweredInTime()
    {
        var play = new Screenplay();
        play.Model.When("open", "We open at nine.");
        play.User.Coughs(from: 1.0, to: 1.2);
        play.User.Says("when do you open", from: 3.0, to: 4.0);
        play.Play(seconds: 8);
        play.ShouldHaveHistory("user: when do you open", "agent: We open at nine.")
            .ShouldAnswerWithin(1.0)
            .ShouldBe(AgentState.Speaking, at: 5.2)
            .ShouldNotFail();
    }

    [Fact]
    public void Receptionist_IsAskedForATable_BooksItOnce()
    {
        var play = new Screenplay();
        play.Cast(agent => Receptionist.Define(new ScriptedBrain()) with
        {
            VoiceActivity = agent.VoiceActivity,
            SpeechToText = agent.SpeechToText,
            TextToSpeech = agent.TextToSpeech,
        });
        play.User.Says("a table for two please", from: 1.0, to: 2.5);
        play.Play(seconds: 8);
        play.ShouldCall("book_table").ShouldSay("Your table is booked.");
    }

    [Fact]
    public void Talk_TenMinutesAtRandom_IsTheSameTwiceAndFailsNowhere()
    {
        Assert.Equal(Played().Transcript(), Played().Transcript());

        static Screenplay Played()
        {
            var play = new Screenplay();
            RandomConversation.Fill(play, seed: 11, seconds: 570);
            return play.Play(seconds: 600).ShouldNotFail();
        }
    }

    [Fact]
    public void Documents_EachExample_IsAmongTheseTests()
    {
        var here = Source();
        var document = File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "testing-conversations.md"));
        var tests = Straight(File.ReadAllText(here));
        var examples = Example().Matches(document).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(4, examples.Count);
        Assert.All(examples, example => Assert.Contains(Straight(example), tests, StringComparison.Ordinal));

        static string Source([CallerFilePath] string path = "") => path;
        static string Straight(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Example();

    /// <summary>Stands for a product's own agent, with engines that a test cannot have.</summary>
    private static class Receptionist
    {
        internal static AgentDefinition Define(IChatClient brain) => new()
        {
            Instructions = "You take bookings.",
            VoiceActivity = new Absent(),
            SpeechToText = new Absent(),
            LanguageModel = brain,
            TextToSpeech = new Absent(),
            Tools = [AIFunctionFactory.Create((int people) => $"booked for {people}", "book_table")],
        };
    }

    /// <summary>Stands for a product's own model.</summary>
    private sealed class ScriptedBrain : IChatClient
    {
        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { ["people"] = 2 };
            yield return messages.Last().Role == ChatRole.Tool
                ? new ChatResponseUpdate(ChatRole.Assistant, "Your table is booked.")
                : new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("1", "book_table", arguments)]);
        }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private sealed class Absent : IVoiceActivityModel, ISpeechToText, ITextToSpeech
    {
        public string Name => "absent";

        SpeechToTextCapabilities ISpeechToText.Capabilities => throw Missing();

        TextToSpeechCapabilities ITextToSpeech.Capabilities => throw Missing();

        public IVoiceActivityStream Open() => throw Missing();

        public ValueTask<ISpeechToTextStream> OpenAsync(CancellationToken cancellationToken) => throw Missing();

        public ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken) => throw Missing();

        private static InvalidOperationException Missing() => new("A test has no such engine.");
    }
}
