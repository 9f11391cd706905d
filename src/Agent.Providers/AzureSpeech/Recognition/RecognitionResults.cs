using System.Text.Json;
using Agent.Pipeline.Speech;
using Agent.Providers.AzureSpeech.Usp;
using Agent.Providers.AzureSpeech.Wire;

namespace Agent.Providers.AzureSpeech.Recognition;

/// <summary>Reads the service's messages of one provider.</summary>
/// <param name="provider">The provider's name as configured.</param>
/// <param name="language">The language that is heard where the service does not say; null where it is detected.</param>
internal sealed class RecognitionResults(string provider, string? language)
{
    /// <summary>Takes one message of a turn.</summary>
    /// <returns>What it tells; null where that is nothing for the reader.</returns>
    /// <exception cref="Pipeline.Errors.ProviderException">The service has failed, or the message cannot be read.</exception>
    public Transcript? Read(UspMessage message, RecognitionTurn turn)
    {
        try
        {
            if (message.IsPath("speech.hypothesis"u8) || message.IsPath("speech.fragment"u8))
                return Hypothesis(JsonSerializer.Deserialize(message.Body.Span, AzureSpeechJson.Pascal.SpeechHypothesis)!, turn);
            if (message.IsPath("speech.phrase"u8))
                return Phrase(JsonSerializer.Deserialize(message.Body.Span, AzureSpeechJson.Pascal.SpeechPhrase)!, turn);
            if (message.IsPath("turn.end"u8))
                turn.End();
            else
                turn.Progress();
            return null;
        }
        catch (JsonException e)
        {
            throw AzureSpeechErrors.Garbled(provider, turn.Socket.RequestId, e);
        }
    }

    private Transcript? Hypothesis(SpeechHypothesis hypothesis, RecognitionTurn turn)
    {
        turn.IsHearing = true;
        turn.Progress();
        return string.IsNullOrWhiteSpace(hypothesis.Text)
            ? null
            : new Transcript
            {
                Kind = TranscriptKind.Interim,
                Text = hypothesis.Text,
                Start = turn.At(hypothesis.Offset),
                End = turn.At(hypothesis.Offset + hypothesis.Duration),
                Language = hypothesis.PrimaryLanguage?.Language ?? language,
            };
    }

    private Transcript? Phrase(SpeechPhrase phrase, RecognitionTurn turn)
    {
        var status = phrase.RecognitionStatus ?? "";
        if (AzureSpeechErrors.Status(provider, status, turn.Socket.RequestId) is { } error)
            throw error;
        turn.IsHearing = false;
        turn.Recognise(phrase.Offset + phrase.Duration);
        turn.Progress();
        var best = phrase.NBest is { Count: > 0 } alternatives ? alternatives[0] : null;
        var text = best?.Display ?? phrase.DisplayText;
        if (status != "Success" || string.IsNullOrWhiteSpace(text))
            return null;
        return new Transcript
        {
            Kind = TranscriptKind.Final,
            Text = text,
            Start = turn.At(phrase.Offset),
            End = turn.At(phrase.Offset + phrase.Duration),
            Confidence = best?.Confidence,
            Language = phrase.PrimaryLanguage?.Language ?? language,
            Words = Words(best, turn),
        };
    }

    /// <summary>The words as written, where the service tells them; they are those of the text.</summary>
    private static IReadOnlyList<WordTiming> Words(PhraseAlternative? best, RecognitionTurn turn)
    {
        var words = best?.DisplayWords is { Count: > 0 } written ? written : best?.Words;
        return words is null ? [] : [.. words.Select(word => new WordTiming(word.Word ?? "", turn.At(word.Offset), turn.At(word.Offset + word.Duration)))];
    }
}
