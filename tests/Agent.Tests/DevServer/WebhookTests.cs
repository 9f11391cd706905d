using System.Threading.Channels;
using Agent.DevServer;
using Agent.LiveKit.Api;
using Agent.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Agent.Tests.DevServer;

public sealed class WebhookTests
{
    [Fact]
    public async Task Events_RoomWithAVisitor_ArriveSignedAndInOrder()
    {
        var bodies = Channel.CreateUnbounded<(byte[] Body, string Authorization)>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        await using var receiver = builder.Build();
        receiver.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            bodies.Writer.TryWrite((body.ToArray(), context.Request.Headers.Authorization.ToString()));
        });
        await receiver.StartAsync();

        await using (var server = await TestServer.StartAsync(options => options.WebhookUrls.Add(new Uri(receiver.Urls.First()))))
        {
            await using var ann = await TestClient.JoinAsync(server, server.JoinToken("ann", "r"));
            await server.CallAsync<DeleteRoomResponse>("RoomService/DeleteRoom", new DeleteRoomRequest { Room = "r" }, server.AdminToken("r"));
        }

        bodies.Writer.Complete();
        var verifier = new WebhookReceiver(EmbeddedServerOptions.DevelopmentKey, EmbeddedServerOptions.DevelopmentSecret);
        var events = new List<WebhookEvent>();
        await foreach (var (body, authorization) in bodies.Reader.ReadAllAsync())
            events.Add(await verifier.ReceiveAsync(body, authorization));
        Assert.Equal(["room_started", "participant_connection_aborted", "room_finished"], events.Select(e => e.Event));
        Assert.All(events, e => Assert.Equal("r", e.Room.Name));
        Assert.Equal(("ann", DisconnectReason.RoomDeleted), (events[1].Participant.Identity, events[1].Participant.DisconnectReason));
    }
}
