using System.Net;
using System.Text;
using Agent.WebRtc;
using Agent.WebRtc.Stun;

namespace Agent.Tests.WebRtc.Stun;

/// <summary>The vectors of RFC 5769, sections 2.1 to 2.3: their padding is spaces, so that a wrong length shows.</summary>
public sealed class StunMessageTests
{
    private const string Request =
        "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff80290008932ff9b151263b36"
        + "000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf";

    private const string ResponseIPv4 =
        "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643"
        + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96";

    private const string ResponseIPv6 =
        "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
        + "00080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c";

    private static readonly byte[] s_password = Encoding.ASCII.GetBytes("VOkJxbRl1RmTxUk/WvJxBt");

    [Fact]
    public void TryParse_SampleRequest_ReadsEveryAttribute()
    {
        Assert.True(StunMessage.TryParse(Vector(Request), out var message));
        Assert.Equal(StunMessageType.BindingRequest, message.Type);
        Assert.Equal("evtj:h6vY", Encoding.ASCII.GetString(message.Username));
        Assert.True(message.TryGet(StunAttribute.Priority, out var priority));
        Assert.Equal("6E0001FF", Convert.ToHexString(priority));
        Assert.True(message.HasFingerprint);
        Assert.True(message.VerifyIntegrity(s_password));
        Assert.False(message.VerifyIntegrity("another password of that length"u8));
        Assert.Null(message.FindUnknownRequired());
    }

    [Theory]
    [InlineData(ResponseIPv4, "192.0.2.1")]
    [InlineData(ResponseIPv6, "2001:db8:1234:5678:11:2233:4455:6677")]
    public void TryParse_SampleResponse_ReadsMappedAddress(string vector, string address)
    {
        Assert.True(StunMessage.TryParse(Vector(vector), out var message));
        Assert.Equal(StunMessageType.BindingSuccess, message.Type);
        Assert.True(message.VerifyIntegrity(s_password));
        Assert.True(message.TryGetXorMappedAddress(out var mapped));
        Assert.Equal(new IPEndPoint(IPAddress.Parse(address), 32_853), mapped.ToIPEndPoint());
    }

    [Fact]
    public void TryParse_AnyBitChanged_FailsOrLosesIntegrity()
    {
        var vector = Vector(Request);
        for (var bit = 0; bit < vector.Length * 8; bit++)
        {
            var changed = vector.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(StunMessage.TryParse(changed, out var message) && message.HasFingerprint, $"bit {bit}");
        }
    }

    [Fact]
    public void Complete_OwnMessage_ParsesBack()
    {
        Span<byte> buffer = stackalloc byte[576];
        var remote = TransportAddress.From(new IPEndPoint(IPAddress.Parse("2001:db8::1"), 4321));
        var writer = new StunWriter(buffer, StunMessageType.BindingSuccess, "0123456789ab"u8);
        writer.AddXorMappedAddress(remote);
        writer.AddError(487, "Role Conflict"u8);
        var written = writer.Complete(s_password);

        Assert.True(StunMessage.TryParse(written, out var message));
        Assert.True(message.VerifyIntegrity(s_password));
        Assert.True(message.TryGetXorMappedAddress(out var mapped));
        Assert.Equal(remote, mapped);
        Assert.True(message.TryGet(StunAttribute.ErrorCode, out var error));
        Assert.Equal("00000457" + Convert.ToHexString("Role Conflict"u8), Convert.ToHexString(error));
    }

    [Fact]
    public void TryGet_AttributeBehindIntegrity_IsIgnored()
    {
        // RFC 8489, section 14.5: whatever follows the integrity check was not protected by it.
        Span<byte> buffer = stackalloc byte[576];
        var writer = new StunWriter(buffer, StunMessageType.BindingRequest, "0123456789ab"u8);
        writer.Add(StunAttribute.Username, "a:b"u8);
        var length = writer.Complete(s_password).Length - 8;
        writer = new StunWriter(buffer[length..], StunMessageType.BindingRequest, "0123456789ab"u8);
        writer.Add(StunAttribute.UseCandidate, []);
        var attribute = buffer.Slice(length + 20, 4).ToArray();
        attribute.CopyTo(buffer[length..]);
        buffer[3] = (byte)(length + 4 - StunMessage.HeaderLength);

        Assert.True(StunMessage.TryParse(buffer[..(length + 4)], out var message));
        Assert.True(message.VerifyIntegrity(s_password));
        Assert.False(message.Has(StunAttribute.UseCandidate));
    }

    private static byte[] Vector(string hex) => Convert.FromHexString(hex);
}
