namespace Agent.Pipeline.EndOfTurn.Text;

/// <summary>What several words mean together. The phrases stand in the language's file, under these names in camel case.</summary>
[Flags]
internal enum PhraseKind
{
    None = 0,

    /// <summary>"let me think": the user asks for time.</summary>
    Hold = 1 << 0,

    /// <summary>"you know": fills a pause.</summary>
    Filler = 1 << 1,

    /// <summary>"i think so": complete, although its last word alone would not be.</summary>
    Complete = 1 << 2,

    /// <summary>"that's all": ends the conversation or the matter.</summary>
    Closing = 1 << 3,

    /// <summary>"isn't it".</summary>
    Tag = 1 << 4,

    /// <summary>"two questions": more is announced.</summary>
    Announcement = 1 << 5,

    /// <summary>"can you": an opening that ends in a word which could also be the last.</summary>
    Opening = 1 << 6,

    /// <summary>"one second", "what else": the user asks for time when nothing follows.</summary>
    HoldAtEnd = 1 << 7,

    /// <summary>"as soon as": begins a clause that needs another.</summary>
    Subordinating = 1 << 8,

    /// <summary>"as in": a letter is being explained.</summary>
    AsIn = 1 << 9,

    /// <summary>A card number is meant.</summary>
    Card = 1 << 10,

    /// <summary>A code, PIN or other number of known length is meant.</summary>
    Code = 1 << 11,

    /// <summary>A telephone number is meant.</summary>
    Phone = 1 << 12,

    /// <summary>A postal code is meant.</summary>
    Postcode = 1 << 13,

    /// <summary>An e-mail address is meant.</summary>
    Email = 1 << 14,

    /// <summary>A date of birth is meant.</summary>
    BirthDate = 1 << 15,

    /// <summary>Something is to be spelled.</summary>
    Spelling = 1 << 16,

    /// <summary>A postal address is meant.</summary>
    Address = 1 << 17,

    /// <summary>A single item is meant: a number of people, a colour, a day.</summary>
    Item = 1 << 18,

    /// <summary>A number or word of unknown length is meant: an order number, a serial number.</summary>
    Reference = 1 << 19,

    /// <summary>"let me know": looks like asking for time and is not.</summary>
    NoHold = 1 << 20,

    /// <summary>A day is meant.</summary>
    Date = 1 << 21,

    /// <summary>Everything that can be asked for.</summary>
    Asked = Date | Card | Code | Phone | Postcode | Email | BirthDate | Spelling | Address | Item | Reference,
}
