namespace Agent.LiveKit.Rtc.Native.Messages;

/// <summary>
/// The native library's log comes at its finest level, several records for each packet of signalling; this finds out whether a batch
/// holds a record worth reading before anything is allocated for it.
/// </summary>
internal static class LogMessage
{
    private const int FfiEventLogs = 18;

    /// <summary>Whether the event is a batch of log records, and whether one of them is at <paramref name="level"/> or graver.</summary>
    /// <param name="ffiEvent">The event.</param>
    /// <param name="level">From 0, error, to 4, trace.</param>
    /// <param name="isWanted">Whether a record is worth reading.</param>
    internal static bool TryPeek(ReadOnlySpan<byte> ffiEvent, int level, out bool isWanted)
    {
        isWanted = false;
        var outer = new WireReader(ffiEvent);
        if (!outer.Next() || outer.Field != FfiEventLogs)
            return false;
        var batch = new WireReader(outer.ReadBytes());
        while (!isWanted && batch.Next())
        {
            if (batch.Field != 1)
            {
                batch.Skip();
                continue;
            }

            var record = new WireReader(batch.ReadBytes());
            isWanted = record.Next() && record.Field == 1 && (long)record.ReadVarint() <= level;
        }

        return true;
    }
}
