using System.Text;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Text;

namespace Agent.Pipeline.Replies;

/// <summary>Writes words that the application has given, in speakable pieces.</summary>
internal static class GivenWords
{
    internal static Task WriteAsync(SpokenText said, SpeechScript script)
    {
        var words = new Clauses(script);
        words.Add(said.Text);
        words.Finish();
        return Task.CompletedTask;
    }

    internal static async Task WriteAsync(StreamedText said, SpeechScript script, CancellationToken cancellationToken)
    {
        var words = new Clauses(script);
        script.BeginPart();
        await foreach (var text in said.Text.WithCancellation(cancellationToken))
            words.Add(text);
        words.Finish();
    }

    internal static Task WriteAsync(RecordedText said, SpeechScript script)
    {
        // The recording is played with or without words.
        script.Write(said.Speech.Text);
        return Task.CompletedTask;
    }

    /// <summary>Adds the words to what a speech-to-speech model is asked for; it takes them all at once.</summary>
    internal static async Task<RealtimeRequest> AddToAsync(RealtimeRequest request, SpeechSource source, CancellationToken cancellationToken)
    {
        switch (source)
        {
            case SpokenText said:
                return request with { Text = said.Text };
            case StreamedText said:
                var text = new StringBuilder();
                await foreach (var piece in said.Text.WithCancellation(cancellationToken))
                    text.Append(piece);
                return request with { Text = text.ToString() };
            default:
                return request;
        }
    }

    private sealed class Clauses(SpeechScript script)
    {
        private readonly SpeechChunker _chunker = new();
        private readonly List<string> _ready = [];

        internal void Add(string text)
        {
            _chunker.Add(text, _ready);
            Write();
        }

        internal void Finish()
        {
            _chunker.Finish(_ready);
            Write();
        }

        private void Write()
        {
            foreach (var piece in _ready)
                script.Write(piece);
            _ready.Clear();
        }
    }
}
