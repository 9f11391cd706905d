using Agent.DevServer.Api;
using Agent.DevServer.Rooms;
using Agent.DevServer.Sockets;
using Agent.Protocol;
using Google.Protobuf;

namespace Agent.DevServer.Signalling;

/// <summary>The WebSocket at <c>/rtc</c> over which a client joins a room, and <c>/rtc/validate</c>, which tells it why it may not.</summary>
internal sealed class SignalEndpoint(RoomDirectory rooms, RoomEnvironment environment)
{
    /// <summary>The largest request: a description with many tracks has some tens of kilobytes.</summary>
    private const int MaxMessageBytes = 512 * 1024;

    private ILogger Logger => environment.Logger;

    public async Task ValidateAsync(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        var (_, refusal) = JoinRequestReader.Read(context, strict: true);
        if (refusal is null)
            await context.Response.WriteAsync("success", context.RequestAborted);
        else
            await RefuseAsync(context, refusal.Status, refusal.Message);
    }

    public async Task HandleAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var (join, refusal) = JoinRequestReader.Read(context, strict: false);
        if (join is null)
        {
            await RefuseAsync(context, refusal!.Status, refusal.Message);
            return;
        }

        var link = new SignalLink();
        ServerRoom room;
        RoomParticipant? participant;
        try
        {
            (room, participant) = await EnterAsync(join, link);
        }
        catch (RoomFullException e)
        {
            // The status that LiveKit answers with, odd as it is: clients try again after a 5xx, which here makes sense.
            await RefuseAsync(context, StatusCodes.Status500InternalServerError, e.Message);
            return;
        }

        try
        {
            await TalkAsync(context, room, participant, link);
        }
        finally
        {
            link.Close();
            if (participant is not null)
                room.Loop.Post(() => room.Entrance.LinkLost(participant, link));
        }
    }

    private async Task<(ServerRoom Room, RoomParticipant? Participant)> EnterAsync(JoinParameters join, SignalLink link)
    {
        while (true)
        {
            var (room, _) = rooms.GetOrCreate(join.Token.Video!.Room, () => RoomSettings.From(join.Token.RoomConfiguration, environment.Options), environment);
            try
            {
                return (room, await room.Loop.AskAsync(() => room.Entrance.Enter(join, link)));
            }
            catch (RoomClosedException)
            {
                // Closed between being found and being entered; the next one is new.
            }
        }
    }

    private async Task TalkAsync(HttpContext context, ServerRoom room, RoomParticipant? participant, SignalLink link)
    {
        using var webSocket = await context.WebSockets.AcceptWebSocketAsync();
        var ending = context.RequestAborted;
        var socket = new MessageSocket<SignalResponse>(webSocket, MaxMessageBytes);
        var sending = socket.SendAllAsync(link.Outgoing, ending);
        try
        {
            if (participant is not null)
                await ReadAllAsync(socket, room, participant, link, sending, ending);
        }
        catch (OperationCanceledException)
        {
            // The server stops, or the connection is gone.
        }
        finally
        {
            link.Close();
            await sending;
        }
    }

    private async Task ReadAllAsync(
        MessageSocket<SignalResponse> socket, ServerRoom room, RoomParticipant participant, SignalLink link, Task sending, CancellationToken cancellationToken)
    {
        var handler = new SignalHandler(room, participant, link);
        while (true)
        {
            var reading = socket.ReadAsync(cancellationToken);
            // Once everything was sent and the socket closed from here, the client's own close is not waited for for ever.
            if (await Task.WhenAny(reading, sending) == sending && !reading.IsCompleted)
            {
                await ((Task)reading).WaitAsync(TimeSpan.FromSeconds(2), environment.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            }

            var (bytes, end) = await reading;
            if (bytes is null)
            {
                if (end is SocketEnd.Text or SocketEnd.TooLarge)
                    Malformed(participant, room, end.ToString());
                return;
            }

            SignalRequest request;
            try
            {
                request = SignalRequest.Parser.ParseFrom(bytes);
            }
            catch (InvalidProtocolBufferException)
            {
                Malformed(participant, room, "not a signal request");
                return;
            }

            try
            {
                if (!await room.Loop.AskAsync(() => handler.Handle(request)))
                    return;
            }
            catch (RoomClosedException)
            {
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                environment.Counters.CountInternalError();
                SignalLog.RequestFailed(Logger, participant.Identity, room.Name, request.MessageCase, e);
            }
        }
    }

    private void Malformed(RoomParticipant participant, ServerRoom room, string what)
    {
        environment.Counters.CountMalformedSignal();
        SignalLog.Malformed(Logger, participant.Identity, room.Name, what);
    }

    private async Task RefuseAsync(HttpContext context, int status, string message)
    {
        ApiLog.Refused(Logger, context.Request.Path, message);
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(message, context.RequestAborted);
    }
}
