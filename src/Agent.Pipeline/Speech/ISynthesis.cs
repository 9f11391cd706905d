namespace Agent.Pipeline.Speech;

/// <summary>One utterance on its way from text to sound. Disposing it before the end cancels it at the synthesizer.</summary>
public interface ISynthesis : IAsyncDisposable
{
    /// <summary>Gives the next piece of text, a clause or more, without the white space that separates it from its neighbours. Completes when the synthesizer has accepted it, not when it has spoken.</summary>
    /// <exception cref="Errors.ProviderException">The synthesizer failed.</exception>
    ValueTask WriteAsync(string text, CancellationToken cancellationToken);

    /// <summary>Says that no more text follows.</summary>
    void Complete();

    /// <summary>Who speaks, where the synthesizer is a list; null otherwise.</summary>
    string? ServedBy => null;

    /// <summary>What has failed so far in this utterance and was made good by another, where the synthesizer is a list.</summary>
    IReadOnlyList<Errors.ProviderException> PassedOver => [];

    /// <summary>What the utterance has cost so far.</summary>
    SpeechUsage Usage => SpeechUsage.None;

    /// <summary>The sound as it is made, until the text written is spoken and <see cref="Complete"/> was called. One reader, which owns each piece.</summary>
    /// <exception cref="Errors.ProviderException">The synthesizer failed.</exception>
    IAsyncEnumerable<SynthesizedAudio> ReadAsync(CancellationToken cancellationToken);
}
