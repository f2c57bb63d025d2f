/** What a name looks like, so that no other word is taken for one. */
import type { ScanContext } from './scan.ts';

/** Characters of a name; the dot joins the parts of longer ones. */
export const letters = '[㐀-鿿·]';

const surnames = new Set(
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄曲家封储靳段富巫乌焦巴弓牧谷车侯全班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司韶黎薄印白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳姬申扶堵冉宰雍桑桂牛寿通边扈燕冀尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖庾终居衡步都耿满弘匡国文寇广东欧利师巩聂关',
);
const notNames =
  /^(?:认真|做好|现场|会议|全程|专人|有关|全体|安排|应该|时间|明天|党员|党史|支部|任务|金秋|和谐|平安|文明|国家|关于|成员|其他|广大|强化|通过|农村|方案|方式|全部|应到|时候|成功|关键|安全|单位|经过|从而|国庆|华为|路上|高校|东楼|文件|计划|别的|都是|司机)/;

/** A name for certain: on the roster, or shaped like one. */
export const isName = (word: string, context: ScanContext): boolean =>
  context.unit?.members.includes(word) === true ||
  (/^[㐀-鿿]{2,4}$/.test(word) && surnames.has(word.charAt(0)) && !notNames.test(word));

/** After a label that can only be followed by a name, longer and rarer names are taken too. */
export const isNameAfterLabel = (word: string): boolean => /^[㐀-鿿·]{2,10}$/.test(word) && !notNames.test(word);

/** Where a name or a place ends when no separator follows. */
export const stop =
  '(?=$|[\\s,;。、()/+!?:.]|应到|应参|实到|到会|到场|出席|参加|参会|全到|全员|全部到|都到|缺|请假|未到|主持|记录|主讲|授课|讲课|讲师|议题|主题|题目|内容|地点|时间|赞成|同意|反对|弃权|听课|其中|学习|\\d)';
