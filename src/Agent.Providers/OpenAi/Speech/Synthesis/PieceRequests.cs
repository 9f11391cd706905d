using System.Threading.Channels;
using Agent.Providers.OpenAi.Speech.Http;

namespace Agent.Providers.OpenAi.Speech.Synthesis;

/// <summary>The requests of one utterance, one for each piece of text: the next is on its way while one is being read.</summary>
/// <param name="http">Sends them.</param>
/// <param name="requests">Writes them.</param>
internal sealed class PieceRequests(OpenAiHttp http, SpeechRequests requests) : IDisposable
{
    /// <summary>Requests at the same time: the one that is read, and the next.</summary>
    private const int AtOnce = 2;

    private readonly Channel<SpokenPiece> _pieces = Channel.CreateUnbounded<SpokenPiece>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim _slots = new(AtOnce);
    private long _characters;

    /// <summary>Characters that have been answered with sound.</summary>
    public long Characters => Interlocked.Read(ref _characters);

    /// <summary>Asks for piece after piece until there is no more text.</summary>
    public async Task AskAsync(ChannelReader<string> texts, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            var silent = 0;
            await foreach (var text in texts.ReadAllAsync(cancellationToken))
            {
                var rest = text.AsMemory().Trim();
                if (!rest.Span.ContainsAnySpeech())
                {
                    silent++;
                    continue;
                }

                while (!rest.IsEmpty)
                {
                    var part = rest[..SpeechText.CutAt(rest.Span, SpeechRequests.MostCharacters)];
                    rest = rest[part.Length..].TrimStart();
                    await _slots.WaitAsync(cancellationToken);
                    _pieces.Writer.TryWrite(new SpokenPiece(SendAsync(part.ToString(), cancellationToken), rest.IsEmpty ? silent + 1 : 0));
                }

                silent = 0;
            }
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            _pieces.Writer.TryComplete(failure is OperationCanceledException ? null : failure);
        }
    }

    /// <summary>The pieces that are asked for, in their order.</summary>
    public IAsyncEnumerable<SpokenPiece> ReadAsync(CancellationToken cancellationToken) => _pieces.Reader.ReadAllAsync(cancellationToken);

    /// <summary>A piece has been read to its end: another may be asked for.</summary>
    public void Done() => _slots.Release();

    /// <summary>Ends the requests whose answers nobody will read; they have been cancelled.</summary>
    public async Task ForgetAsync()
    {
        while (_pieces.Reader.TryRead(out var piece))
        {
            await ((Task)piece.Answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (piece.Answer.IsCompletedSuccessfully)
                (await piece.Answer).Dispose();
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task<ResponseBody> SendAsync(string text, CancellationToken cancellationToken)
    {
        var body = await http.SendAsync(() => requests.Make(text), cancellationToken);
        Interlocked.Add(ref _characters, text.Length);
        return body;
    }
}
