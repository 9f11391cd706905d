using System.Buffers;

namespace Agent.Providers.LanguageModels;

/// <summary>
/// Reads the <c>data</c> lines of server-sent events (HTML Living Standard, 9.2.6) as soon as each line is complete. The vendors put a whole message on one
/// line, and some servers leave out the empty line between two: waiting for it would be late with the first and wrong with the others.
/// </summary>
internal sealed class EventLines(Stream stream) : IDisposable
{
    private const int FirstBytes = 8 * 1024;
    private const int MaxLineBytes = 4 * 1024 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _start;
    private int _searched;
    private int _end;
    private bool _isOver;

    /// <summary>Whether a line has grown beyond what any message needs.</summary>
    internal bool IsTooLong => _end - _start > MaxLineBytes;

    /// <summary>Whether anything has come, be it an event or not.</summary>
    internal bool HasBytes { get; private set; }

    /// <summary>Takes the next line that has come whole. It is valid until the next call.</summary>
    internal bool TryRead(out ReadOnlySpan<byte> data)
    {
        while (TryReadLine(out var line))
        {
            if (!line.StartsWith("data"u8) || (line.Length > 4 && line[4] != ':'))
                continue;
            data = line.Length <= 5 ? default : line[5..];
            data = data.Trim((byte)' ');
            if (!data.IsEmpty)
                return true;
        }

        data = default;
        return false;
    }

    /// <summary>Waits for more.</summary>
    /// <returns>Whether there is more.</returns>
    internal async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_isOver)
            return false;
        MakeRoom();
        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _isOver = count == 0;
        HasBytes |= count > 0;
        _end += count;
        return !_isOver;
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        var found = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
        var length = found < 0 ? _end - _start : _searched + found - _start;
        if (found < 0)
            _searched = _end;
        if (found < 0 && (!_isOver || length == 0))
        {
            line = default;
            return false;
        }

        // What stands behind the last line break when the stream ends is a line too: some servers end so.
        line = _buffer.AsSpan(_start, length).TrimEnd((byte)'\r');
        _start += found < 0 ? length : length + 1;
        _searched = _start;
        return true;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _searched -= _start;
            _start = 0;
        }

        if (_end < _buffer.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
