using System.Buffers;
using System.Text.Json;
using Agent.Providers.Connections;
using Agent.Providers.OpenAi.Speech.Wire;
using Agent.Providers.OpenAi.Wire;

namespace Agent.Providers.OpenAi.Speech.Realtime;

/// <summary>Messages that are ready to be sent, audio gathered into pieces of 40 ms. Used by one loop; its memory is used again.</summary>
internal sealed class TranscriptionOutbox : IDisposable
{
    private const int PieceSamples = RealtimeTranscription.SampleRateHz / 25;

    private readonly ArrayBufferWriter<byte> _bytes = new(16 * 1024);
    private readonly List<int> _ends = [];
    private readonly Utf8JsonWriter _json;
    private readonly short[] _piece = new short[PieceSamples];
    private int _gathered;

    public TranscriptionOutbox() => _json = new Utf8JsonWriter(_bytes);

    /// <summary>Adds audio; less than a piece waits for more, or for the next command.</summary>
    public void Add(ReadOnlySpan<short> samples)
    {
        while (!samples.IsEmpty)
        {
            var count = Math.Min(PieceSamples - _gathered, samples.Length);
            samples[..count].CopyTo(_piece.AsSpan(_gathered));
            samples = samples[count..];
            _gathered += count;
            if (_gathered == PieceSamples)
                EndPiece();
        }
    }

    /// <summary>Adds a command behind all audio so far.</summary>
    public void Add(BufferCommand command)
    {
        EndPiece();
        _json.Reset(_bytes);
        JsonSerializer.Serialize(_json, command, OpenAiSpeechJson.Default.BufferCommand);
        _json.Flush();
        _ends.Add(_bytes.WrittenCount);
    }

    /// <summary>Sends what is ready.</summary>
    public async ValueTask SendAsync(VendorSocket socket, CancellationToken cancellationToken)
    {
        var from = 0;
        foreach (var end in _ends)
        {
            await socket.SendTextAsync(_bytes.WrittenMemory[from..end], cancellationToken);
            from = end;
        }

        _ends.Clear();
        _bytes.ResetWrittenCount();
    }

    /// <summary>Forgets everything: it was meant for a connection that is gone.</summary>
    public void Clear()
    {
        _ends.Clear();
        _bytes.ResetWrittenCount();
        _gathered = 0;
    }

    public void Dispose() => _json.Dispose();

    private void EndPiece()
    {
        if (_gathered == 0)
            return;
        AudioAppend.Write(_piece.AsSpan(0, _gathered), _bytes);
        _ends.Add(_bytes.WrittenCount);
        _gathered = 0;
    }
}
