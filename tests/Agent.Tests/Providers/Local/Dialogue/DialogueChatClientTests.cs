using System.Globalization;
using Agent.Providers.Local.Dialogue;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.Local.Dialogue;

public sealed class DialogueChatClientTests
{
    [Theory]
    [InlineData("what time is it", "It is twenty five minutes past two in the afternoon.")]
    [InlineData("tell me the time please", "It is twenty five minutes past two in the afternoon.")]
    [InlineData("what day is it today", "Today is Sunday, November twenty two.")]
    [InlineData("count to five", "One, two, three, four, five.")]
    [InlineData("down to five", "One, two, three, four, five.")]
    [InlineData("can you count to twelve for me", "One, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve.")]
    [InlineData("count to a thousand", "One, two, three, four, five, six, seven, eight, nine, ten.")]
    [InlineData("count to one thousand", "I can count from one to one hundred.")]
    [InlineData("how much is seven plus five", "Seven plus five is twelve.")]
    [InlineData("what is twenty one times two", "Twenty one times two is forty two.")]
    [InlineData("what is ten minus twelve", "Ten minus twelve is minus two.")]
    [InlineData("nine divided by two", "Nine divided by two is four, and one is left over.")]
    [InlineData("nine divided by zero", "I can not divide by zero.")]
    [InlineData("what is 7 plus 5", "Seven plus five is twelve.")]
    [InlineData("my name is anna", "Nice to meet you, Anna.")]
    [InlineData("what is my name", "I do not know your name yet. Tell me your name, please.")]
    [InlineData("thank you very much", "You are welcome.")]
    [InlineData("good bye", "Goodbye. It was nice to talk to you.")]
    [InlineData("stop", "All right. I will be quiet.")]
    public async Task Reply_ToAQuestion_IsTheAnswer(string heard, string reply) =>
        Assert.Equal(reply, await ReplyAsync(new ChatMessage(ChatRole.User, heard)));

    [Theory]
    [InlineData("tell me a long story")]
    [InlineData("tell me along story")]
    [InlineData("do you know a story")]
    public async Task Reply_ToAWishForAStory_IsLongEnoughToInterrupt(string heard) =>
        Assert.True((await ReplyAsync(new ChatMessage(ChatRole.User, heard))).Split(' ').Length > 100);

    [Fact]
    public async Task Reply_NameToldEarlier_IsRemembered() =>
        Assert.Equal("Your name is Anna.", await ReplyAsync(
            new ChatMessage(ChatRole.System, "You are helpful. My name is Robot."),
            new ChatMessage(ChatRole.User, "my name is john"),
            new ChatMessage(ChatRole.Assistant, "Nice to meet you, John."),
            new ChatMessage(ChatRole.User, "no my name is anna"),
            new ChatMessage(ChatRole.Assistant, "Nice to meet you, Anna."),
            new ChatMessage(ChatRole.User, "what time is it"),
            new ChatMessage(ChatRole.Assistant, "It is ten."),
            new ChatMessage(ChatRole.User, "what is my name")));

    [Fact]
    public async Task Reply_AskedToRepeat_SaysTheLastReplyAgain() =>
        Assert.Equal("You are welcome.", await ReplyAsync(
            new ChatMessage(ChatRole.User, "thank you"),
            new ChatMessage(ChatRole.Assistant, "You are welcome."),
            new ChatMessage(ChatRole.User, "please say that again")));

    [Fact]
    public async Task Reply_NotUnderstood_SaysWhatItCanDo() =>
        Assert.Contains(DialogueSkills.Abilities, await ReplyAsync(new ChatMessage(ChatRole.User, "colorless green ideas sleep furiously")), StringComparison.Ordinal);

    [Fact]
    public async Task Reply_BeforeThePersonSpoke_Greets() => Assert.Equal(DialogueSkills.Greeting, await ReplyAsync());

    [Fact]
    public async Task Stream_OfAReply_ComesWordByWordAndSaysThatItStopped()
    {
        using var client = new DialogueChatClient(new FixedTime());
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync([new(ChatRole.User, "count to three")], cancellationToken: TestContext.Current.CancellationToken))
            updates.Add(update);

        Assert.Equal(["One,", " two,", " three.", ""], updates.Select(u => u.Text));
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
        Assert.Single(updates.Select(u => u.ResponseId).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Stream_Cancelled_EndsWithinAWord()
    {
        using var client = new DialogueChatClient(new FixedTime());
        using var interrupted = new CancellationTokenSource();
        var words = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync([new(ChatRole.User, "tell me a story")], cancellationToken: interrupted.Token))
            {
                if (++words == 5)
                    await interrupted.CancelAsync();
            }
        });

        Assert.Equal(5, words);
    }

    private static async Task<string> ReplyAsync(params ChatMessage[] messages)
    {
        using var client = new DialogueChatClient(new FixedTime());
        return (await client.GetResponseAsync(messages, cancellationToken: TestContext.Current.CancellationToken)).Text;
    }

    private sealed class FixedTime : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.Parse("2026-11-22T14:25:10Z", CultureInfo.InvariantCulture);
    }
}
