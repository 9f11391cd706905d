using System.Text;
using Agent.Pipeline.Errors;
using Agent.Providers.Anthropic;
using Agent.Providers.LanguageModels;
using Agent.Providers.OpenAi.Chat;
using Agent.Providers.OpenAi.Responses;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.LanguageModels;

/// <summary>What a vendor declines to say is an error of that kind, and no end of an answer like others.</summary>
public sealed class ContentErrorTests
{
    [Fact]
    public void ChatCompletions_EndsByTheContentFilter_Declines() => AssertDeclines(
        new ChatCompletionsDecoder("openai/x"),
        """{"id":"1","choices":[{"index":0,"delta":{"role":"assistant","content":"We"},"finish_reason":null}]}""",
        """{"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}]}""");

    [Fact]
    public void ChatCompletions_EndsWithARefusal_Declines() => AssertDeclines(
        new ChatCompletionsDecoder("openai/x"),
        """{"id":"1","choices":[{"index":0,"delta":{"refusal":"I cannot speak of zebras."},"finish_reason":null}]}""",
        """{"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""");

    [Fact]
    public void ChatCompletions_ErrorInTheMiddleNamesTheFilter_Declines() => AssertDeclines(
        new ChatCompletionsDecoder("azure-openai/x"), """{"error":{"message":"zebras","type":null,"code":"content_filter"}}""");

    [Fact]
    public void Responses_IncompleteByTheContentFilter_Declines() => AssertDeclines(
        new ResponsesDecoder("openai/x"), """{"type":"response.incomplete","response":{"id":"1","incomplete_details":{"reason":"content_filter"}}}""");

    [Fact]
    public void Responses_CompletedWithARefusal_Declines() => AssertDeclines(
        new ResponsesDecoder("openai/x"), """{"type":"response.refusal.delta","delta":"I cannot speak of zebras."}""", """{"type":"response.completed","response":{"id":"1"}}""");

    [Fact]
    public void Messages_StoppedByARefusal_Declines() => AssertDeclines(
        new MessagesDecoder("anthropic/x"), """{"type":"message_delta","delta":{"stop_reason":"refusal"},"usage":{"output_tokens":1}}""");

    [Theory]
    [InlineData("max_output_tokens")]
    [InlineData("something_new")]
    public void Responses_IncompleteForAnotherReason_IsACutAnswer(string reason)
    {
        var updates = new List<ChatResponseUpdate>();

        new ResponsesDecoder("openai/x").Read(Encoding.UTF8.GetBytes("""{"type":"response.incomplete","response":{"id":"1","incomplete_details":{"reason":"REASON"}}}""".Replace("REASON", reason, StringComparison.Ordinal)), updates);

        Assert.Equal(ChatFinishReason.Length, Assert.Single(updates).FinishReason);
    }

    /// <summary>How Azure refuses a prompt (learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter, 2026).</summary>
    [Fact]
    public void Refusal_OfThePrompt_NamesTheFilter()
    {
        var codes = ErrorCodes.Read(Encoding.UTF8.GetBytes("""{"error":{"message":"zebras","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}"""));

        Assert.Equal((ProviderErrorKind.Content, false), OpenAiMeanings.Of(Assert.Single(codes)));
    }

    private static void AssertDeclines(ReplyDecoder decoder, params string[] events)
    {
        var error = Assert.Throws<ProviderException>(() =>
        {
            foreach (var data in events)
                decoder.Read(Encoding.UTF8.GetBytes(data), []);
        });

        Assert.Equal((ProviderErrorKind.Content, false), (error.Kind, error.IsTransient));
        Assert.DoesNotContain("zebras", error.ToString(), StringComparison.Ordinal);
    }
}
