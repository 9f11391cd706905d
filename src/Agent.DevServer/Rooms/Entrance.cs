using Agent.DevServer.Tokens;
using Agent.Protocol;
using Agent.WebRtc;

namespace Agent.DevServer.Rooms;

/// <summary>How participants come into a room, come back after their signalling was lost, and go.</summary>
internal sealed class Entrance(ServerRoom room)
{
    /// <summary>Clients send a ping this often and give up after <see cref="PingTimeoutSeconds"/>.</summary>
    private const int PingIntervalSeconds = 5;
    private const int PingTimeoutSeconds = 15;

    /// <summary>How long a participant may take to connect its media.</summary>
    private static readonly TimeSpan JoinTimeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan TokenRefreshInterval = TimeSpan.FromMinutes(5);

    /// <summary>Lets a client in, or back in.</summary>
    /// <returns>The participant; null when the client is to start over, which it has been told then.</returns>
    /// <exception cref="RoomFullException">No place is left.</exception>
    public RoomParticipant? Enter(JoinParameters join, ISignalLink link)
    {
        if (room.IsClosed)
            throw new RoomClosedException();
        var existing = room.Find(join.Token.Identity);
        if (join.Reconnect)
        {
            if (existing is not null && (join.ParticipantSid.Length == 0 || string.Equals(existing.Sid, join.ParticipantSid, StringComparison.Ordinal)))
            {
                Resume(existing, link);
                return existing;
            }

            link.Send(new SignalResponse
            {
                Leave = new LeaveRequest { Reason = DisconnectReason.StateMismatch, Action = LeaveRequest.Types.Action.Reconnect },
            });
            link.Close();
            return null;
        }

        if (existing is not null)
            room.Remove(existing, DisconnectReason.DuplicateIdentity);
        var participant = new RoomParticipant(join, room.Environment.Time.GetUtcNow());
        if (room.Settings.MaxParticipants > 0 && !participant.IsDependent
            && room.Participants.Count(p => !p.IsDependent) >= room.Settings.MaxParticipants)
        {
            throw new RoomFullException();
        }

        Join(participant, link);
        return participant;
    }

    /// <summary>The signalling socket is gone without a goodbye.</summary>
    public void LinkLost(RoomParticipant participant, ISignalLink link)
    {
        if (participant.IsGone || !ReferenceEquals(participant.Link, link))
            return;
        participant.Link = null;
        var timeout = room.Environment.Options.ResumeTimeout;
        if (!participant.Peers.Any(peer => peer.IsConnected))
        {
            // Nothing is left that could be resumed.
            room.Remove(participant, DisconnectReason.SignalClose);
            return;
        }

        RoomLog.SignalLost(room.Environment.Logger, participant.Identity, participant.Sid, room.Name, timeout.TotalSeconds);
        participant.DepartureTimer?.Cancel();
        participant.DepartureTimer = room.Loop.After(timeout, () =>
        {
            if (participant.Link is null)
                room.Remove(participant, DisconnectReason.SignalClose);
        });
    }

    /// <summary>Tells a client to join anew: what it and the server think of its media does not fit together any more.</summary>
    public void DemandFullReconnect(RoomParticipant participant)
    {
        participant.Send(new SignalResponse
        {
            Leave = new LeaveRequest { CanReconnect = true, Reason = DisconnectReason.StateMismatch, Action = LeaveRequest.Types.Action.Reconnect },
        });
        room.Remove(participant, DisconnectReason.StateMismatch, tellIt: false);
    }

    /// <summary>Gives a participant a fresh token, with what it may do now.</summary>
    public void RefreshToken(RoomParticipant participant) =>
        participant.Send(new SignalResponse { RefreshToken = ParticipantToken.Mint(room.Environment.Tokens, room.Name, participant) });

    private void Join(RoomParticipant participant, ISignalLink link)
    {
        var environment = room.Environment;
        participant.Link = link;
        participant.State = ParticipantInfo.Types.State.Joined;
        room.Add(participant);
        var response = new JoinResponse
        {
            Room = room.ToInfo(),
            Participant = participant.ToInfo(),
            ServerVersion = environment.ServerInfo.Version,
            ServerInfo = environment.ServerInfo,
            SubscriberPrimary = participant.SubscriberPrimary,
            ClientConfiguration = new ClientConfiguration { ResumeConnection = ClientConfigSetting.Enabled },
            PingInterval = PingIntervalSeconds,
            PingTimeout = PingTimeoutSeconds,
            FastPublish = participant.Permission.CanPublish,
        };
        response.OtherParticipants.AddRange(room.Participants.Where(p => !ReferenceEquals(p, participant) && !p.IsHidden).Select(p => p.ToInfo()));
        response.EnabledPublishCodecs.AddRange(RoomCodecs.Enabled);
        participant.Send(new SignalResponse { Join = response });

        RoomLog.Joined(
            environment.Logger, participant.Identity, participant.Sid, participant.Kind, room.Name,
            participant.Client.Sdk, participant.Client.Version, participant.Client.Protocol);
        room.Announce(participant);
        room.Dispatches.ParticipantJoined(participant);
        room.Loop.After(JoinTimeout, () =>
        {
            if (participant.State == ParticipantInfo.Types.State.Joined)
                room.Remove(participant, DisconnectReason.JoinFailure);
        });
        RefreshTokenLater(participant);
        // The next piece of work, so that the answer to the join is not held up.
        if (participant.Permission.CanSubscribe)
            room.Loop.Post(() => room.Media.StartSubscriber(participant));
    }

    private void Resume(RoomParticipant participant, ISignalLink link)
    {
        participant.DepartureTimer?.Cancel();
        participant.Link?.Close();
        participant.Link = link;
        if (participant.Peers.Any(peer => peer.Connection.State is PeerConnectionState.Failed or PeerConnectionState.Closed))
        {
            DemandFullReconnect(participant);
            return;
        }

        RoomLog.Resumed(room.Environment.Logger, participant.Identity, participant.Sid, room.Name);
        participant.Send(new SignalResponse
        {
            Reconnect = new ReconnectResponse
            {
                ClientConfiguration = new ClientConfiguration { ResumeConnection = ClientConfigSetting.Enabled },
                ServerInfo = room.Environment.ServerInfo,
                LastMessageSeq = participant.LastReliableSequence,
            },
        });
        var update = new ParticipantUpdate();
        update.Participants.AddRange(room.Participants.Where(p => !p.IsHidden || ReferenceEquals(p, participant)).Select(p => p.ToInfo()));
        participant.Send(new SignalResponse { Update = update });
        participant.Send(new SignalResponse { RoomUpdate = new RoomUpdate { Room = room.ToInfo() } });
        participant.Subscriber?.Offer(restartIce: true);
        if (participant.DropLinkOnResume)
        {
            participant.DropLinkOnResume = false;
            link.Close();
        }
    }

    private void RefreshTokenLater(RoomParticipant participant) => room.Loop.After(TokenRefreshInterval, () =>
    {
        if (participant.IsGone)
            return;
        RefreshToken(participant);
        RefreshTokenLater(participant);
    });
}
