using System.Threading.Channels;
using Agent.LiveKit.Rtc.Native.Protocol;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Agent.LiveKit.Rtc.Native;

/// <summary>
/// The native library's log on its way to ours: queued on the library's thread, written on our own, since a log sink may wait. When it
/// falls behind the oldest records are dropped. What goes wrong reaches the caller as an exception or an event, so the library's errors
/// are warnings here and its warnings are for debugging.
/// </summary>
internal sealed class NativeLogQueue
{
    private const int Capacity = 1_024;

    private readonly Channel<NativeRecord> _records = Channel.CreateBounded<NativeRecord>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    private readonly ILogger _logger;

    internal NativeLogQueue(ILogger logger)
    {
        _logger = logger;
        Level = logger.IsEnabled(LogLevel.Trace) ? 4 : logger.IsEnabled(LogLevel.Debug) ? 2 : logger.IsEnabled(LogLevel.Warning) ? 0 : -1;
    }

    /// <summary>The finest level that is wanted, from 0, error, to 4, trace; -1 if none is.</summary>
    internal int Level { get; }

    internal void Post(LogBatch batch)
    {
        foreach (var record in batch.Records)
        {
            if ((int)record.Level <= Level)
                _records.Writer.TryWrite(new NativeRecord(record.Level, record.Target, record.Message));
        }
    }

    /// <summary>Ends <see cref="RunAsync"/> once everything queued is written.</summary>
    internal void Complete() => _records.Writer.TryComplete();

    /// <summary>Writes records until <see cref="Complete"/>.</summary>
    internal async Task RunAsync()
    {
        await foreach (var record in _records.Reader.ReadAllAsync())
            Write(record);
    }

    private void Write(NativeRecord record)
    {
        var message = SecretRedactor.Redact(record.Message);
        switch (record.Level)
        {
            case Protocol.LogLevel.LogError:
                RtcLog.NativeWarning(_logger, record.Target, message);
                break;
            case Protocol.LogLevel.LogWarn or Protocol.LogLevel.LogInfo:
                RtcLog.NativeDebug(_logger, record.Target, message);
                break;
            default:
                RtcLog.NativeTrace(_logger, record.Target, message);
                break;
        }
    }
}
