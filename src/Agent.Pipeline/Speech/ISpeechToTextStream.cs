namespace Agent.Pipeline.Speech;

/// <summary>One participant's speech on its way to text. Times in results count from the first sample pushed.</summary>
public interface ISpeechToTextStream : IAsyncDisposable
{
    /// <summary>
    /// Takes the next samples, 16-bit mono at the recogniser's rate. Copies what it keeps, never blocks and never throws for a
    /// lost connection; when it cannot keep up it drops the oldest and counts them.
    /// </summary>
    void Push(ReadOnlySpan<short> samples);

    /// <summary>
    /// Asks for the final result of everything pushed so far. It arrives among the results, ended by one
    /// <see cref="TranscriptKind.Flushed"/> even when nothing was said. May be called while another thread pushes.
    /// </summary>
    void Flush();

    /// <summary>
    /// Tells that voice activity has begun in what was pushed a moment ago, for recognisers that work on whole segments and for those that warm a connection.
    /// May be called while another thread pushes; does nothing by default.
    /// </summary>
    void SpeechBegins()
    {
    }

    /// <summary>
    /// Tells that the stream is given up for an error that only its user can see, such as an answer that does not come; it is disposed next. Does nothing by default.
    /// </summary>
    void GiveUp(Errors.ProviderException error)
    {
    }

    /// <summary>Who serves the stream, where the recogniser is a list; null otherwise.</summary>
    string? ServedBy => null;

    /// <summary>What had failed before this stream could be opened, where the recogniser is a list.</summary>
    IReadOnlyList<Errors.ProviderException> PassedOver => [];

    /// <summary>What the stream has cost so far.</summary>
    SpeechUsage Usage => SpeechUsage.None;

    /// <summary>Results in the order of the speech, until the stream is disposed. One reader.</summary>
    /// <exception cref="Errors.ProviderException">The recogniser failed for good.</exception>
    IAsyncEnumerable<Transcript> ReadAsync(CancellationToken cancellationToken);
}
