using Agent.Protocol;

namespace Agent.LiveKit.Worker.Machine;

/// <summary>
/// The final statuses of jobs that the server has not confirmed. The protocol has no acknowledgement, and bytes that a socket took may still be
/// lost with it; so each status is followed by a ping, is kept until a pong to that ping or a later one, and is sent again on the next
/// connection. A status that arrives twice does no harm: the server does not know the job any more.
/// </summary>
internal sealed class StatusOutbox
{
    private const long NotSent = long.MaxValue;

    private readonly List<(UpdateJobStatus Status, long ConfirmedBy)> _waiting = [];

    public int Count => _waiting.Count;

    /// <summary>What has not been sent on the current connection.</summary>
    public IEnumerable<UpdateJobStatus> Unsent => _waiting.Where(entry => entry.ConfirmedBy == NotSent).Select(entry => entry.Status);

    public void Add(UpdateJobStatus status) => _waiting.Add((status, NotSent));

    /// <summary>Everything unsent was sent on the current connection, before the ping with this stamp.</summary>
    public void Sent(long pingStamp)
    {
        for (var i = 0; i < _waiting.Count; i++)
        {
            if (_waiting[i].ConfirmedBy == NotSent)
                _waiting[i] = (_waiting[i].Status, pingStamp);
        }
    }

    /// <returns>The jobs whose final status the server has confirmed by this.</returns>
    public IReadOnlyList<string> Confirm(long pongStamp)
    {
        string[] confirmed = [.. _waiting.Where(entry => entry.ConfirmedBy <= pongStamp).Select(entry => entry.Status.JobId)];
        _waiting.RemoveAll(entry => entry.ConfirmedBy <= pongStamp);
        return confirmed;
    }

    /// <returns>The jobs whose final status the server has not confirmed and will not be told again.</returns>
    public IReadOnlyList<string> GiveUp()
    {
        string[] given = [.. _waiting.Select(entry => entry.Status.JobId)];
        _waiting.Clear();
        return given;
    }

    public void ConnectionLost()
    {
        for (var i = 0; i < _waiting.Count; i++)
            _waiting[i] = (_waiting[i].Status, NotSent);
    }
}
