using Agent.Pipeline.Errors;
using Agent.Providers.Vendors;
using Microsoft.Extensions.AI;

namespace Agent.Providers.LanguageModels;

/// <summary>Reads the events of one reply. No input or output of its own.</summary>
internal abstract class ReplyDecoder(string provider)
{
    private string? _model;

    /// <summary>The vendor's name for the request.</summary>
    internal string? RequestId { get; set; }

    /// <summary>Whether the vendor has said why the reply ended; what follows is usage at most.</summary>
    internal bool HasFinished { get; private set; }

    /// <summary>Whether nothing follows.</summary>
    internal bool IsComplete { get; private protected set; }

    /// <summary>The provider's name as configured.</summary>
    private protected string Provider { get; } = provider;

    /// <summary>The reply's name; the same for all of its pieces.</summary>
    private protected string Id { get; set; } = "";

    /// <summary>Reads one event.</summary>
    /// <exception cref="ProviderException">It reports an error, or declines.</exception>
    /// <exception cref="System.Text.Json.JsonException">It is no message of the protocol.</exception>
    internal abstract void Read(ReadOnlySpan<byte> data, List<ChatResponseUpdate> updates);

    private protected void SetModel(string? model) => _model ??= string.IsNullOrEmpty(model) ? null : model;

    private protected void SetId(string? id)
    {
        if (Id.Length == 0)
            Id = string.IsNullOrEmpty(id) ? $"reply_{Guid.NewGuid():n}" : id;
    }

    private protected ChatResponseUpdate Update(params IList<AIContent> contents)
    {
        SetId(null);
        return new ChatResponseUpdate(ChatRole.Assistant, contents) { ResponseId = Id, MessageId = Id, ModelId = _model };
    }

    private protected void Finish(ChatFinishReason reason, IReadOnlyList<FunctionCallContent> calls, List<ChatResponseUpdate> updates)
    {
        HasFinished = true;
        var last = Update([.. calls]);
        last.FinishReason = calls.Count > 0 && reason == ChatFinishReason.Stop ? ChatFinishReason.ToolCalls : reason;
        updates.Add(last);
    }

    /// <summary>The vendor declines to answer.</summary>
    private protected ProviderException Declined(string why) =>
        new(Provider, ProviderErrorKind.Content, $"{Provider} declined to answer ({why}).") { RequestId = RequestId };

    /// <summary>The vendor reports an error in the middle.</summary>
    private protected ProviderException Reported(IReadOnlyList<string> codes, (ProviderErrorKind Kind, bool IsTransient)? meaning)
    {
        var (kind, isTransient) = meaning ?? (ProviderErrorKind.Connection, true);
        var detail = codes.Count == 0 ? "" : $" ({string.Join(", ", codes)})";
        return new ProviderException(Provider, kind, $"{Provider} broke off its answer with an error of its own{detail}.", isTransient) { RequestId = RequestId };
    }

    private protected ProviderException Garbled(string what) => VendorErrors.Garbled(Provider, what, RequestId);
}
