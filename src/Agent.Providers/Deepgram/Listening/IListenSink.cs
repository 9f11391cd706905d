using Agent.Pipeline.Speech;

namespace Agent.Providers.Deepgram.Listening;

/// <summary>Takes what a protocol has read.</summary>
internal interface IListenSink
{
    /// <summary>A result for whoever reads the stream.</summary>
    void Write(Transcript transcript);

    /// <summary>A flush is answered.</summary>
    /// <param name="end">Up to where audio is dealt with; null where the vendor does not say.</param>
    void AnswerFlush(TimeSpan? end);

    /// <summary>The vendor names the request.</summary>
    void Identify(string? requestId);

    /// <summary>The vendor warns of something, by a code.</summary>
    void Warn(string? code);

    /// <summary>The vendor sends something that is not known here.</summary>
    void Unknown(string type);
}
