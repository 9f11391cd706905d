using Agent.LoopbackVendors.Faults;

namespace Agent.LoopbackVendors.Serving;

/// <summary>The body of a vendor's streamed HTTP answer. Faults of the plan happen to whatever is written.</summary>
/// <param name="connection">The request's course.</param>
/// <param name="unknown">A well-formed event of a type that does not exist; empty where the body has no events.</param>
/// <param name="error">The vendor's report of an error in the middle; empty where it has none, and the connection drops.</param>
internal sealed class LoopbackBody(LoopbackConnection connection, ReadOnlyMemory<byte> unknown, ReadOnlyMemory<byte> error)
{
    private const int PieceBytes = 7;

    private readonly HttpResponse _response = connection.Context.Response;
    private bool _isOver;

    /// <summary>Whether nothing more can be sent.</summary>
    public bool IsOver => _isOver || connection.Aborted.IsCancellationRequested;

    /// <summary>Writes one event or piece of audio.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (IsOver)
            return;
        try
        {
            switch (await connection.BeforeMessageAsync(connection.Aborted))
            {
                case FaultKind.Drop:
                    Abort();
                    return;
                case FaultKind.HalfClose:
                    // The body ends in order although the answer is not complete.
                    _isOver = true;
                    return;
                case FaultKind.Garbage:
                    await SendAsync("\u0001\u0002<html>}{\n\n"u8.ToArray());
                    break;
                case FaultKind.UnknownMessage when !unknown.IsEmpty:
                    await SendAsync(unknown);
                    break;
                case FaultKind.ErrorMessage when !error.IsEmpty:
                    await SendAsync(error);
                    _isOver = true;
                    return;
                case FaultKind.ErrorMessage:
                    Abort();
                    return;
            }

            bytes = connection.Fault.Mangle?.Invoke(bytes) ?? bytes;
            if (connection.Fault.Kind is FaultKind.PartialFrames or FaultKind.SlowDrip)
                await SendPiecesAsync(bytes);
            else
                await SendAsync(bytes);
            connection.CountMessage();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            _isOver = true;
            connection.Request.Note("aborted");
        }
    }

    /// <summary>Says that the answer is complete.</summary>
    public void Complete()
    {
        if (connection.Aborted.IsCancellationRequested && !_isOver)
            connection.Request.Note("aborted");
        else if (!_isOver)
            connection.Request.Note("completed");
    }

    private void Abort()
    {
        _isOver = true;
        connection.Context.Abort();
    }

    private async Task SendPiecesAsync(ReadOnlyMemory<byte> bytes)
    {
        var piece = connection.Fault.Kind == FaultKind.SlowDrip ? Math.Max(PieceBytes, bytes.Length / 3) : Math.Max(PieceBytes, (bytes.Length / 5) | 1);
        for (var done = 0; done < bytes.Length; done += piece)
            await SendAsync(bytes.Slice(done, Math.Min(piece, bytes.Length - done)));
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _response.Body.WriteAsync(bytes, connection.Aborted);
        await _response.Body.FlushAsync(connection.Aborted);
    }
}
