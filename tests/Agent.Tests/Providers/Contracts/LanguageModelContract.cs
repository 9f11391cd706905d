using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.Contracts;

/// <summary>What every language model has to do. A new one derives from this and says how it is made.</summary>
public abstract class LanguageModelContract : IDisposable
{
    private static readonly ChatMessage[] s_question = [new(ChatRole.System, "You are helpful."), new(ChatRole.User, "count to five")];

    private IChatClient? _model;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IChatClient Model => _model ??= Create();

    protected abstract IChatClient Create();

    public void Dispose()
    {
        _model?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Stream_OfAReply_ComesInPiecesAndSaysWhyItEnded()
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in Model.GetStreamingResponseAsync(s_question, cancellationToken: Cancellation))
            updates.Add(update);

        Assert.True(updates.Count(u => u.Text.Length > 0) > 1, "the reply came in one piece");
        Assert.All(updates.Where(u => u.Text.Length > 0), u => Assert.Equal(ChatRole.Assistant, u.Role));
        Assert.Equal(ChatFinishReason.Stop, updates.Last(u => u.FinishReason is not null).FinishReason);
        Assert.Single(updates.Select(u => u.MessageId).Where(id => id is not null).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Response_AtOnce_IsAMessageOfTheAssistant()
    {
        var response = await Model.GetResponseAsync(s_question, cancellationToken: Cancellation);

        Assert.NotEmpty(response.Text);
        Assert.Equal(ChatRole.Assistant, Assert.Single(response.Messages).Role);
    }

    [Fact]
    public async Task Stream_Cancelled_EndsBeforeTheReplyDoes()
    {
        using var interrupted = new CancellationTokenSource();
        var pieces = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in Model.GetStreamingResponseAsync([new(ChatRole.User, "tell me a long story")], cancellationToken: interrupted.Token))
            {
                pieces++;
                await interrupted.CancelAsync();
            }
        });

        Assert.InRange(pieces, 1, 3);
    }

    [Fact]
    public async Task Stream_SeveralAtOnce_DoNotMix()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Model.GetResponseAsync(s_question, cancellationToken: Cancellation)));

        Assert.Single(replies.Select(r => r.Text).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void GetService_Metadata_NamesProviderAndModel()
    {
        var metadata = Assert.IsType<ChatClientMetadata>(Model.GetService(typeof(ChatClientMetadata)));

        Assert.False(string.IsNullOrEmpty(metadata.ProviderName));
        Assert.False(string.IsNullOrEmpty(metadata.DefaultModelId));
    }
}
