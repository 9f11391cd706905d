namespace Agent.Providers.LanguageModels;

/// <summary>A reply that has begun. Disposing it frees its connection.</summary>
/// <param name="Events">Server-sent events.</param>
/// <param name="RequestId">The vendor's name for the request.</param>
/// <param name="Owner">What has to be disposed with it.</param>
internal sealed record OpenReply(Stream Events, string? RequestId, IDisposable Owner) : IDisposable
{
    public void Dispose()
    {
        Events.Dispose();
        Owner.Dispose();
    }
}
