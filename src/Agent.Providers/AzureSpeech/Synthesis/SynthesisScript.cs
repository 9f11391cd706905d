using System.Text;
using System.Threading.Channels;
using Agent.Providers.AzureSpeech.Usp;
using Agent.Providers.Connections;

namespace Agent.Providers.AzureSpeech.Synthesis;

/// <summary>
/// The client's side of an utterance: which text is asked for under which request, sent in order. A stream of text is one request, whose pieces are sent as
/// they are written; as SSML each piece is a request of its own, the next when the one before has been spoken. Keeps what was written, so that an utterance
/// of which nothing has been heard yet can be asked for again over another connection.
/// </summary>
internal sealed class SynthesisScript(VendorSocket socket, SynthesisSettings settings, TimeProvider time)
{
    /// <summary>Holds the right to send; whoever has taken it puts it back.</summary>
    private readonly Channel<byte> _sending = NewRight();
    private readonly UspWriter _writer = new(time);
    private readonly List<string> _pieces = [];
    private int _sent;
    private bool _isCompleted;
    private bool _isEnded;

    /// <summary>The connection.</summary>
    public VendorSocket Socket { get; private set; } = socket;

    /// <summary>The request under way; null when there is none.</summary>
    public string? RequestId { get; private set; }

    /// <summary>The words of what is asked for.</summary>
    public SpokenWords Words { get; private set; } = new();

    /// <summary>Characters asked for, as the service bills them.</summary>
    public long Characters { get; private set; }

    /// <summary>Whether all that will be asked for has been.</summary>
    public bool IsAllAsked => Volatile.Read(ref _isCompleted) && _sent == _pieces.Count;

    /// <summary>Takes the next piece, with the white space before it.</summary>
    public Task WriteAsync(string piece, CancellationToken cancellationToken) => LockedAsync(() => _pieces.Add(piece), cancellationToken);

    /// <summary>Says that no more pieces follow.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken) => LockedAsync(() => Volatile.Write(ref _isCompleted, true), cancellationToken);

    /// <summary>The request under way has been spoken: asks for the next, if there is one.</summary>
    public Task SpokenAsync(CancellationToken cancellationToken) => LockedAsync(() => RequestId = null, cancellationToken);

    /// <summary>Asks for everything again over another connection.</summary>
    public Task RestartAsync(VendorSocket fresh, CancellationToken cancellationToken) => LockedAsync(
        () =>
        {
            (Socket, RequestId, Words) = (fresh, null, new SpokenWords());
            (_sent, _isEnded, Characters) = (0, false, 0);
        },
        cancellationToken);

    /// <summary>Tells the service to speak no further; does not wait for what it says to that.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _sending.Reader.ReadAsync(cancellationToken);
        try
        {
            if (RequestId is { } id)
                await Socket.SendTextAsync(_writer.Text("synthesis.control", id, UspWriter.Json, SynthesisSettings.Stop.Span), cancellationToken);
        }
        finally
        {
            _sending.Writer.TryWrite(0);
        }
    }

    private static Channel<byte> NewRight()
    {
        var right = Channel.CreateBounded<byte>(1);
        right.Writer.TryWrite(0);
        return right;
    }

    private async Task LockedAsync(Action change, CancellationToken cancellationToken)
    {
        await _sending.Reader.ReadAsync(cancellationToken);
        try
        {
            change();
            await SendAsync(cancellationToken);
        }
        finally
        {
            _sending.Writer.TryWrite(0);
        }
    }

    private Task SendAsync(CancellationToken cancellationToken) =>
        settings.Input == AzureSynthesisInput.Ssml ? SendMarkupAsync(cancellationToken) : SendPiecesAsync(cancellationToken);

    private async Task SendPiecesAsync(CancellationToken cancellationToken)
    {
        while (_sent < _pieces.Count)
        {
            await BeginAsync(cancellationToken);
            await TextAsync("text.piece", Take(), cancellationToken);
        }

        if (!_isCompleted || _isEnded || RequestId is null)
            return;
        _isEnded = true;
        await TextAsync("text.end", "", cancellationToken);
    }

    private async Task SendMarkupAsync(CancellationToken cancellationToken)
    {
        if (RequestId is not null || _sent == _pieces.Count)
            return;
        await BeginAsync(cancellationToken);
        await Socket.SendTextAsync(_writer.Text("ssml", RequestId!, "application/ssml+xml", Encoding.UTF8.GetBytes(settings.Markup.Write(Take()))), cancellationToken);
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (RequestId is not null)
            return;
        RequestId = AzureSpeechVendor.NewId();
        await Socket.SendTextAsync(_writer.Text("synthesis.context", RequestId, UspWriter.Json, settings.Context.Span), cancellationToken);
    }

    private string Take()
    {
        var piece = _pieces[_sent++];
        Words.Write(piece);
        Characters += piece.Length;
        return piece;
    }

    private async Task TextAsync(string path, string text, CancellationToken cancellationToken) =>
        await Socket.SendTextAsync(_writer.Text(path, RequestId!, "text/plain", Encoding.UTF8.GetBytes(text)), cancellationToken);
}
